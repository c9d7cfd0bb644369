"""How much is taken: more than any search of a database gives, less than fills a machine."""

LARGEST_FILE = 2 * 1024**3  # bytes; what lies behind is told as missing
LARGEST_RECORD = 4_000_000  # characters of one record; a record above this was never closed
LONGEST_RAW = 2_000  # characters of a broken record that are shown
LARGEST_WORKBOOK = 400 * 1024**2  # bytes of all parts, unpacked
LARGEST_RATIO = 300  # unpacked to packed
SAMPLE = 65_536  # bytes looked at to tell format and encoding
MOST_COLUMNS = 500
