"""Engines are pure: values in, values out."""

import ast

from tests.house.plan import HOUSE, files, shown

# Asking the clock, the disk, the environment or chance; a generator made from a given seed is fine.
IMPURE_CALLS = {
    *(
        "open",
        "input",
        "print",
        "os.getenv",
        "uuid.uuid4",
        "time.time",
        "time.monotonic",
        "date.today",
        "datetime.today",
    ),
    *(
        "datetime.now",
        "datetime.utcnow",
        *(f"random.{what}" for what in ("random", "choice", "shuffle", "sample", "randint")),
    ),
}
IMPURE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "urlopen", "unlink", "mkdir", "getenv"}


def test_engines_ask_no_clock_disk_or_chance() -> None:
    impure = [
        f"{shown(path)}:{node.lineno} {_name(node.func)}"
        for path in files(HOUSE / "engines", ".py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and _is_impure(_name(node.func))
    ]
    assert impure == []


def _is_impure(name: str) -> bool:
    return name in IMPURE_CALLS or name.rpartition(".")[2] in IMPURE_METHODS


def _name(function: ast.expr) -> str:
    """The last two parts of what is called: ``datetime.datetime.now`` is "datetime.now"."""
    return ".".join(ast.unparse(function).split(".")[-2:])
