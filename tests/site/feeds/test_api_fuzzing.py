"""The API against its own description: Schemathesis asks what the schema allows and what it does not."""

from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings

from nahtstelle.site.feeds.api.interface import Pace, api
from nahtstelle.site.wsgi import application
from tests.rooms.outputs.making import TODAY, make_cast, published, take_in

schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application


@pytest.fixture
def stocked(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of everything, and no limit to the pace."""
    cache.clear()
    monkeypatch.setattr(Pace, "allow_request", lambda self, request: True)
    take_in("ProbeG", {"§ 1": ["(1) Drei Monate."]}, on=TODAY)
    published(make_cast(), title="Fristen", body="Nach § 1 ProbeG.")


@pytest.mark.usefixtures("stocked")
@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any) -> None:
    case.call_and_validate(headers={"Host": "localhost", "Accept-Encoding": "identity"})


@pytest.mark.usefixtures("stocked")
def test_the_description_is_the_one_that_is_published() -> None:
    assert Client().get("/api/v1/openapi.json").json()["paths"].keys() == schema.raw_schema["paths"].keys()
