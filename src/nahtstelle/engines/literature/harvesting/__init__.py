"""What the servers of literature answer: OAI-PMH, OpenAlex, Crossref. Bytes in, records out; nobody is asked from here."""
