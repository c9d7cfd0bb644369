"""The vocabulary as SKOS, out and in: the W3C's way of exchanging concepts, in Turtle, RDF/XML and JSON-LD."""
