"""Files of references, as databases and reference managers write them: read record by record, written back."""
