"""Barriers that readers report: a form without account and CAPTCHA, a duty for the editors, an end for the data."""
