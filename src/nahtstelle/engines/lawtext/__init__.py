"""German federal law as text: read the official format, address parts, compare readings, find citations.

Pure: values in, values out. Start at ``values`` for the vocabulary, then ``reading``, ``comparing`` and ``citations``.
"""
