"""The API against its own description: Schemathesis asks what the schema allows and what it does not."""

import re
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


def _fuzzing(path: str) -> Any:
    """A test of one address: Schemathesis gives all it makes of one function the same id, and of those only one is run."""

    @pytest.mark.usefixtures("stocked")
    @schema.include(path=path).parametrize()
    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def every_answer_is_as_described(case: Any) -> None:
        case.call_and_validate(headers={"Host": "localhost", "Accept-Encoding": "identity"})

    return every_answer_is_as_described


for _path in schema.raw_schema["paths"]:
    globals()[f"test_every_answer_is_as_described_{re.sub('[^a-z]+', '_', _path).strip('_')}"] = _fuzzing(_path)


@pytest.mark.usefixtures("stocked")
def test_the_description_is_the_one_that_is_published() -> None:
    assert Client().get("/api/v1/openapi.json").json()["paths"].keys() == schema.raw_schema["paths"].keys()
