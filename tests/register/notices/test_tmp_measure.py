import time
from datetime import timedelta
import pytest
from django.db.models import *
from django.db.models.functions import JSONObject
from nahtstelle.register.people.models import Person, Account
from nahtstelle.register.duties.actions import open_in_bulk, settle_all_for, remind_due, escalate_overdue
from nahtstelle.register.notices.actions import tell_in_bulk, carry_notices, send_due_letters
from nahtstelle.register.notices.models import Letter
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.actions import record
from django.db import transaction
from tests.register.notices.making import SYSTEM, mail_server
from tests.plumbing.ledger.sample import Counted
from nahtstelle.plumbing.ledger.wires import Wire, connect, all_wires
import datetime as dt
def nothing(fact, *, by, at): pass
@pytest.mark.django_db(transaction=True)
def test_measure(now, settings, caplog):
    import logging; caplog.set_level(logging.CRITICAL)
    def timed(name, f):
        a=time.perf_counter(); c=time.process_time(); r=f(); print(f"MEASURED {name}: {time.perf_counter()-a:.2f} s wall, {time.process_time()-c:.2f} s cpu -> {r}")
    P=2000
    Person.objects.bulk_create(Person(slug=f"p{n}", name=f"P{n}", mail=f"p{n}@example.org") for n in range(P))
    Account.objects.bulk_create(Account(mail=f"p{n}@a.example", person=p) for n,p in enumerate(Person.objects.all()) if n%10)
    C=lambda v: Value(v, output_field=CharField())
    rows=lambda k: Person.objects.annotate(kind=C("t.r"),about=C("t.l"),leaflet=F("pk")+Value(k*100000),title=C("Merkblatt"),link=C("/x/"),de=C("w"),en=C("w"),due=Value(dt.date(2026,11,25),output_field=DateField())).values_list("kind","pk","about","leaflet","title","link","de","en","due")
    for k in range(5): timed(f"open_in_bulk {P}", lambda: open_in_bulk(rows(k), cause=f"wave:{k}", by=SYSTEM, at=now))
    nrows=lambda k: Person.objects.annotate(kind=C("duties.due"),words=JSONObject(count=Value(3)),link=C("/x/"),why=C(f"w{k}"),u=Value(False,output_field=BooleanField())).values_list("pk","kind","words","link","why","u")
    for k in range(5): timed(f"tell_in_bulk {P}", lambda: tell_in_bulk(nrows(k), by=SYSTEM, at=now-timedelta(hours=3)))
    timed("remind", lambda: remind_due(by=SYSTEM, at=now))
    timed("carry (2000 people, 5 notices each)", lambda: carry_notices(by=SYSTEM, at=now))
    timed("carry again", lambda: carry_notices(by=SYSTEM, at=now))
    with mail_server(settings) as s:
        settings.EMAIL_TIMEOUT=20
        timed("send 300 letters", lambda: send_due_letters(by=SYSTEM, at=now, most=300))
    before=all_wires(); connect([Wire(Counted, nothing)])
    with transaction.atomic():
        for n in range(2000): record(Counted(number=n), by=SYSTEM, at=now)
    timed("deliver 2000", lambda: deliver_all(at=now))
    timed("settle 2000", lambda: settle_all_for(cause="wave:1", how="x", by=SYSTEM, at=now))
    timed("escalate", lambda: escalate_overdue(by=SYSTEM, at=now+timedelta(days=60)))
    connect(before)
