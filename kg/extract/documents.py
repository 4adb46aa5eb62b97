"""Documents: the head of a printed document as a fact."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context
from kg.facts import Document
from kg.read.model import PrintedDocument

#: Share of right values: a document with a number was found by it, one without by its title in the contents list.
CONFIDENCE = {"documents.number": 0.99, "documents.title": 0.95}


def find(document: PrintedDocument, context: Context) -> Iterator[Document]:
    """The one Document fact that a printed document is; ``context`` gives the place whose government speaks.

    The evidence is the title, then the number, the date and the issuers where they stand.
    """
    rule = "documents.number" if document.number_text else "documents.title"
    head = (document.title, document.number_text, document.date_text, *document.issuers)
    yield Document(
        doc=document.number,
        evidence=document.cite(*(text for text in head if text)),
        rule=rule,
        confidence=CONFIDENCE[rule],
        title=document.title.squeezed().string,
        issuers=tuple(issuer.squeezed().string for issuer in document.issuers),
        date=document.date,
        kind=document.kind,
        attached=tuple(attached.title.squeezed().string for attached in document.attached),
        gazette=document.gazette,
        in_contents=document.in_contents,
        printed_in_full=document.printed_in_full,
        addressees=tuple(addressee.squeezed().string for addressee in document.addressees),
        place=context.place,
    )
