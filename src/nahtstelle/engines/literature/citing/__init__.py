"""Citations of works in running text, written as pandoc has them, and the sentences that rest on them."""
