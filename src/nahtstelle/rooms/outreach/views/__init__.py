"""Pages of the room outreach: prepare, look at the exact list, approve, follow; and the recipients' answer by link."""
