"""One person a name within a government; posts with their days; namesakes told apart where posts contradict."""

from __future__ import annotations

import pytest

from kg.resolve.people import Person, Said, Tenure, resolve_people

NODE = "person/澜州市/周明"
FINANCE, WATER, GOVERNMENT = "澜州市财政局", "澜州市水利局", "澜州市人民政府"


def said(
    number: int, kind: str, day: str | None, post: str | None = "局长", body: str | None = FINANCE, **more: str
) -> Said:
    """What the n-th fact says of 周明; ``list`` is the document of the day unless told otherwise."""
    return Said(f"f{number}", NODE, "周明", kind, post, body, day, **({"list": day or ""} | more))  # type: ignore[arg-type]


def days(tenure: Tenure) -> tuple[str | None, ...]:
    return tenure.appointed, tenure.removed, tenure.first_seen, tenure.last_seen


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([said(1, "appoint", "2030-01-01")], [("2030-01-01", None, None, None)]),
        ([said(1, "remove", "2030-01-01")], [(None, "2030-01-01", None, None)]),
        ([said(1, "seen", "2030-01-01")], [(None, None, "2030-01-01", "2030-01-01")]),
        (
            [said(1, "seen", "2030-01-01"), said(2, "seen", "2030-05-01")],
            [(None, None, "2030-01-01", "2030-05-01")],
        ),
        (
            [said(3, "remove", "2032-01-01"), said(1, "appoint", "2030-01-01"), said(2, "seen", "2031-01-01")],
            [("2030-01-01", "2032-01-01", "2031-01-01", "2031-01-01")],
        ),
        # back in the post after a removal: two terms
        (
            [said(1, "appoint", "2030-01-01"), said(2, "remove", "2031-01-01"), said(3, "appoint", "2033-01-01")],
            [("2030-01-01", "2031-01-01", None, None), ("2033-01-01", None, None, None)],
        ),
        ([said(1, "seen", None)], [(None, None, None, None)]),
        ([said(1, "named", "2030-01-01", None, None)], []),
    ],
)
def test_a_post_has_the_days_that_documents_tell(steps: list[Said], expected: list[tuple[str | None, ...]]) -> None:
    assert [days(tenure) for tenure in resolve_people(steps).tenures] == expected


def people_of(*steps: Said, **decided: set[str]) -> dict[str, str]:
    """The mark of the person that each fact is about."""
    people = resolve_people(steps, **decided)
    return {fact: person.mark for (fact, _), person in people.persons.items()}


def test_one_name_in_one_government_is_one_person() -> None:
    assert people_of(said(1, "appoint", "2030-01-01"), said(2, "named", "2031-01-01", None, None)) == {
        "f1": "",
        "f2": "",
    }


def test_a_move_that_is_announced_keeps_one_person() -> None:
    people = resolve_people(
        [
            said(1, "seen", "2030-01-01"),
            said(2, "remove", "2030-06-01"),
            said(3, "appoint", "2030-06-01", body=WATER),
            said(4, "seen", "2031-01-01", body=WATER),
        ]
    )

    assert {person.mark for person in people.persons.values()} == {""}
    assert people.doubts == ()


def test_a_move_that_nobody_announces_is_in_doubt() -> None:
    people = resolve_people([said(1, "seen", "2030-01-01"), said(2, "seen", "2031-01-01", body=WATER)])

    (doubt,) = people.doubts
    assert {person.mark for person in people.persons.values()} == {""}
    assert (doubt.facts, doubt.other) == (("f1", "f2"), None)


def test_one_document_that_names_two_agencies_names_two_people() -> None:
    steps = (
        said(1, "seen", "2030-01-01"),
        said(2, "seen", "2030-01-01", body=WATER),
        said(3, "named", "2031-01-01", None, None),
    )

    assert people_of(*steps) == {"f1": FINANCE, "f2": WATER, "f3": ""}
    (doubt,) = resolve_people(steps).doubts
    assert doubt.other == Person(NODE, "周明", FINANCE)


def test_posts_of_two_bodies_in_one_line_are_one_persons() -> None:
    both = (said(1, "seen", "2030-01-01", "常委", WATER), said(1, "seen", "2030-01-01", "副市长", GOVERNMENT))
    again = said(2, "seen", "2030-01-01", "副市长", GOVERNMENT)

    assert people_of(*both, again) == {"f1": "", "f2": ""}


def test_the_days_of_two_people_do_not_mix() -> None:
    people = resolve_people([said(1, "seen", "2030-01-01"), said(2, "seen", "2030-01-01", body=WATER)])

    assert {(tenure.person.mark, tenure.organisation) for tenure in people.tenures} == {
        (FINANCE, FINANCE),
        (WATER, WATER),
    }


def test_who_has_retired_takes_no_other_post() -> None:
    steps = (said(1, "remove", "2030-01-01", note="退休"), said(2, "appoint", "2031-01-01", body=WATER))

    assert people_of(*steps) == {"f1": FINANCE, "f2": WATER}


def test_a_removal_for_another_reason_does_not_part_people() -> None:
    assert people_of(said(1, "remove", "2030-01-01"), said(2, "appoint", "2031-01-01", body=WATER)) == {
        "f1": "",
        "f2": "",
    }


def test_people_of_two_governments_are_two() -> None:
    other = Said("f2", "person/临江市/周明", "周明", "seen", "局长", "临江市财政局", "2030-01-01")

    assert len(set(resolve_people([said(1, "seen", "2030-01-01"), other]).persons.values())) == 2


def test_decisions_join_and_part_people() -> None:
    apart = (said(1, "seen", "2030-01-01"), said(2, "seen", "2030-01-01", body=WATER))
    moved = (said(1, "seen", "2030-01-01"), said(2, "seen", "2031-01-01", body=WATER))

    assert people_of(*apart, one={NODE}) == {"f1": "", "f2": ""}
    assert people_of(*moved, apart={"f2"}) == {"f1": "", "f2": WATER}
