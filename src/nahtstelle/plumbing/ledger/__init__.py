"""The ledger: facts recorded, delivered and kept. Outbox and audit trail in one.

``facts`` declares what can happen, ``actions.record`` writes it down in the transaction that made it true,
``delivery`` brings it to the reactions that ``wires`` connects, and ``queries`` reads the trail of any object.
"""
