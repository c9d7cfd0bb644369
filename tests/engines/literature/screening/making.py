"""Invented records: a topic that is wanted among others, in one language or two."""

import numpy as np

from nahtstelle.engines.literature.records import Record

_ENGLISH = {
    True: "recognition of foreign vocational qualifications of refugees and immigrants on the labour market",
    False: "milk yield of dairy cattle and the genome of bovine virus strains on farms with poultry",
}
_GERMAN = {
    True: "Anerkennung ausländischer Berufsabschlüsse von Geflüchteten und Zugewanderten auf dem Arbeitsmarkt",
    False: "Milchleistung von Milchkühen und das Genom boviner Virusstämme in Betrieben mit Geflügelhaltung",
}
_FILLING = {
    "en": "the study shows that we found results of this method were described and analysed with data from the years before",
    "de": "die Studie zeigt dass wir Ergebnisse dieser Methode fanden und mit Daten aus den Jahren davor beschrieben wurden",
}


def pool(size: int = 120, *, share: float = 0.2, german: float = 0.0, seed: int = 5) -> tuple[list[Record], np.ndarray]:
    """Records and whether each is relevant: a third of the words of each speak of its topic, the others of nothing."""
    chance = np.random.default_rng(seed)
    records, labels = [], []
    for number in range(size):
        relevant, language = bool(chance.random() < share), "de" if chance.random() < german else "en"
        topic = (_GERMAN if language == "de" else _ENGLISH)[relevant].split()
        filling = _FILLING[language].split()
        words = [*chance.choice(topic, 10), *chance.choice(filling, 25)]
        chance.shuffle(words)
        records.append(
            Record(
                key=f"r{number}", title=" ".join(chance.choice(topic, 4)), abstract=" ".join(words), language=language
            )
        )
        labels.append(int(relevant))
    return records, np.array(labels, dtype=np.int64)
