"""The world of the demonstration: `python -m benchmarks.chronology_worlds.demo` writes it anew, to the same bytes."""

from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.chronology_worlds import make

FOLDER: Final = Path(__file__).parents[2] / "src/sightline/site/demo/world"
SEED: Final = 11
ENTRIES: Final = 250
LAST_DAY: Final = date(2020, 11, 10)
PEOPLE: Final = {
    "CH": ("Ysolwyn Marchbanks-Teal", False, date(2007, 3, 30)), "SIB1": ("Alder Fernsby", True, date(2003, 5, 2)),
    "SIB2": ("Wrenna Oxlimber", False, date(2016, 7, 19)), "MO": ("Perdita Marchbanks-Teal", False, date(1984, 2, 11)),
    "MP": ("Jasper Oxlimber", True, date(1986, 9, 4)), "FA": ("Edric Fernsby", True, date(1981, 12, 8)),
    "MGM": ("Clover Marchbanks-Teal", False, date(1957, 6, 23)), "MA": ("Avice Marchbanks-Teal", False, None),
    "MU": ("Rollo Marchbanks-Teal", True, None), "FF": ("Tobin Marlinspoke", True, None), "N1": ("Bryony Quillhurst", False, None),
    "N2": ("Silas Quenchwell", True, None), "SW1": ("Orla Wrenfield", False, None), "SW2": ("Callum Stonegate", True, None),
    "HV": ("Thea Larkspindle", False, None), "GP1": ("Declan Larkwell", True, None), "DSL": ("Marlow Quillon", False, None),
    "PC1": ("Lorcan Hedgewick", True, None),
}  # fmt: skip


def write(folder: Path = FOLDER) -> Path:
    """Four agencies' files and their truth, about the family of one invented incident of Arden."""
    return make(SEED, "first", ENTRIES, folder, people=PEOPLE, ends=LAST_DAY)


if __name__ == "__main__":
    write()
