"""Changing programmes, networks, projects and engagements."""

from .engaging import end_engagement, engage, engage_colleague
from .entering import enter_recut, take_back_recut
from .funding import remove_mark, save_mark
from .loading import StructureReport, load_structure
from .places import add_network, add_project, change_network, change_period, change_project
from .recutting import drop_recut, plan_recut, refresh_recut, set_successors, set_target

__all__ = [
    "StructureReport",
    "add_network",
    "add_project",
    "change_network",
    "change_period",
    "change_project",
    "drop_recut",
    "end_engagement",
    "engage",
    "engage_colleague",
    "enter_recut",
    "load_structure",
    "plan_recut",
    "refresh_recut",
    "remove_mark",
    "save_mark",
    "set_successors",
    "set_target",
    "take_back_recut",
]
