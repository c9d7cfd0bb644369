"""How much of a table is taken: more than any contact list needs, less than fills a machine."""

LARGEST_FILE = 20 * 1024 * 1024  # bytes as given
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes of all parts of a workbook
LARGEST_RATIO = 300  # unpacked to packed, of a part above RATIO_FROM; spreadsheets rarely pass 40
RATIO_FROM = 5 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000  # characters
LONGEST_HEADER = 150
EMPTY_ROWS_IN_A_ROW = 1_000  # after these nothing more is expected
