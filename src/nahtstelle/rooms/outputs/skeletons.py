"""What a new text of a kind starts with: the headings its readers expect."""

SKELETONS = {
    "out-faq": {
        "de": ["Frage", "Kurze Antwort", "Rechtsgrundlage", "Worauf es in der Praxis ankommt", "Weiterführend"],
        "en": ["Question", "Short answer", "Legal basis", "What matters in practice", "Further reading"],
    },
    "out-recommendation": {
        "de": ["Ausgangslage", "Empfehlung", "Begründung", "Adressat*innen", "Umsetzung"],
        "en": ["Situation", "Recommendation", "Reasons", "Addressees", "Implementation"],
    },
    "out-dossier": {
        "de": ["Frage", "Die Antwort in drei Sätzen", "Was wir wissen", "Was offen ist", "Grenzen", "Folgen für die Praxis",
               "Quellen"],
        "en": ["Question", "The answer in three sentences", "What we know", "What is open", "Limits",
               "Consequences for practice", "Sources"],
    },
    "out-legal-overview": {
        "de": ["Überblick", "Tabelle", "Anmerkungen", "Rechtsgrundlagen"],
        "en": ["Overview", "Table", "Notes", "Legal bases"],
    },
    "out-law-bulletin": {
        "de": ["Welche Vorschriften, ab wann", "Wer betroffen ist", "Was sich ändert", "Was jetzt zu tun ist",
               "Abweichungen der Länder", "Unsere Texte dazu", "Quellen"],
        "en": ["Which provisions, from when", "Who is affected", "What changes", "What to do now",
               "Deviations of the Länder", "Our texts on this", "Sources"],
    },
    "out-instrument": {
        "de": ["Wozu es dient", "So wird es verwendet", "Instrument", "Grenzen"],
        "en": ["Purpose", "How to use it", "Instrument", "Limits"],
    },
    "out-method": {
        "de": ["Ziel", "Ablauf", "Material und Zeit", "Erfahrungen", "Grenzen"],
        "en": ["Aim", "Steps", "Material and time", "Experience", "Limits"],
    },
    "out-concept": {
        "de": ["Anlass", "Ziele", "Vorgehen", "Beteiligte", "Zeitplan", "Erfolgskontrolle"],
        "en": ["Occasion", "Aims", "Approach", "People involved", "Schedule", "Evaluation"],
    },
}  # fmt: skip
ANY = {"de": ["Worum es geht", "Inhalt", "Quellen"], "en": ["What this is about", "Content", "Sources"]}


def skeleton(kind: str, language: str) -> str:
    """The headings of a kind in a language, as Markdown to be filled."""
    headings = SKELETONS.get(kind, ANY)["en" if language == "en" else "de"]
    return "\n\n".join(f"## {heading}\n" for heading in headings)
