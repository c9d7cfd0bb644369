"""Pages of imports; for those who keep persons, organisations and programmes."""
