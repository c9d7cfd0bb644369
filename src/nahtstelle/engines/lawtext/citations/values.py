"""What a citation is: where it stands in the text, and which provision it points to."""

from dataclasses import dataclass

from nahtstelle.engines.lawtext.citations.social_code import with_arabic_number

JsonObject = dict[str, str | int | bool | list[str] | None]


@dataclass(frozen=True, slots=True)
class Citation:
    """One provision that a text points to.

    ``text[start:end]`` is the whole reference as written; every member of an enumeration or range ("§§ 16d, 18a–18c
    AufenthG" has four) carries the same ``start``, ``end`` and ``text``. ``member_start`` and ``member_end`` are the
    characters this member was read from; the members of a range share those of the range.

    ``law`` is the citation name of the law ("AufenthG", "SGB II"), or the surface in the nominative where the law is
    not known by name ("Steuersäumnisgesetz"). It is None where the text names none. ``internal`` is True when the
    reference stays inside the law it stands in; with a ``context_law`` its ``law`` is that law.

    ``section`` is the number without its sign ("60a"), ``unit`` is "§" or "Art". ``paragraph`` is the § within an
    article ("Art. 229 § 5 EGBGB"). Absatz, Satz, Nummer, Buchstabe … are numbers and letters as strings; Roman numbers
    are turned into Arabic. Where one level is named twice ("Satz 1 Nr. 2 Satz 3") the field has the first; ``path`` has
    all steps in written order, in the notation of ``lawtext.values.Part``: ("A1", "S1", "N2", "S3").

    ``following`` is "f." or "ff."; ``version`` is "a.F." (old wording), "n.F." (new wording), "E" (draft) or a year of
    issue ("EStG 2002" gives "2002").
    """

    start: int
    end: int
    text: str
    law: str | None
    section: str | None
    unit: str
    absatz: str | None = None
    satz: str | None = None
    nummer: str | None = None
    buchstabe: str | None = None
    doppelbuchstabe: str | None = None
    unterabsatz: str | None = None
    halbsatz: str | None = None
    alternative: str | None = None
    paragraph: str | None = None
    path: tuple[str, ...] = ()
    following: str | None = None
    version: str | None = None
    internal: bool = False
    member_start: int = 0
    member_end: int = 0

    def as_dict(self) -> JsonObject:
        """The citation as plain JSON values; see ``citations.schema.json``.

        ``law`` is written with an Arabic number for the books of the Sozialgesetzbuch ("SGB 2"), as the federal portal
        names its files, so that it can be joined with them.
        """
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "law": None if self.law is None else with_arabic_number(self.law),
            "section": self.section,
            "absatz": self.absatz,
            "satz": self.satz,
            "nummer": self.nummer,
            "buchstabe": self.buchstabe,
            "doppelbuchstabe": self.doppelbuchstabe,
            "unterabsatz": self.unterabsatz,
            "halbsatz": self.halbsatz,
            "alternative": self.alternative,
            "unit": self.unit,
            "paragraph": self.paragraph,
            "path": list(self.path),
            "following": self.following,
            "version": self.version,
            "internal": self.internal,
            "member_start": self.member_start,
            "member_end": self.member_end,
        }
