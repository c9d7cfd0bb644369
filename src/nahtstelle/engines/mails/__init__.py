"""Reading a mail from a stream: who says they wrote it, what it says, what hangs on it, and whether a machine sent it."""
