"""The peer of bench_pages.py: a plain Wagtail site with the same texts, lists, facets and start page."""
