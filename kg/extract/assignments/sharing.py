"""What a list of bodies says of a task: plain values that the parts of this package hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.bodies import Body
from kg.read.text import Text


@dataclass(frozen=True, slots=True)
class Share:
    """One body's part in a task, or that of a leader who is named without a body.  One of the two is there."""

    role: str
    body: Body | None
    leader: Text | None = None

    @property
    def text(self) -> Text:
        """Where the share is said."""
        text = self.body.text if self.body is not None else self.leader
        assert text is not None
        return text


@dataclass(frozen=True, slots=True)
class Sharing:
    """What one list says: the shares in a task, its deadline, and rules for the lists to come.

    ``said`` is true where labels or verbs name the roles, false for a bare list of names.  ``first_leads``: from here
    on the first body of a list leads.  ``standing``: these take part in all that follows and are not named again.
    """

    shares: tuple[Share, ...] = ()
    deadline: Text | None = None
    said: bool = False
    first_leads: bool = False
    standing: tuple[Share, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shares or self.deadline or self.first_leads or self.standing)

    def with_first_leading(self) -> Sharing:
        """The same with the first responsible body as the lead, unless one leads already."""
        if any(share.role == "lead" for share in self.shares):
            return self
        for i, share in enumerate(self.shares):
            if share.role == "responsible" and share.body is not None:
                return replace(self, shares=(*self.shares[:i], replace(share, role="lead"), *self.shares[i + 1 :]))
        return self

    def joined(self, other: Sharing) -> Sharing:
        """Both together, as two columns of a row or two lines under a task say."""
        return Sharing(
            (*self.shares, *other.shares),
            self.deadline or other.deadline,
            self.said or other.said,
            self.first_leads or other.first_leads,
            (*self.standing, *other.standing),
        )
