"""Nahtstelle: the platform a competence centre for immigration runs on."""

__version__ = "0.1.0"
