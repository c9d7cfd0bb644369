"""The address at which a recipient answers by mail."""

from nahtstelle.plumbing.links.signing import Purpose
from nahtstelle.register.notices.replying import Matter

from .answer_links import GOOD_FOR

DISPATCH = Matter("dispatch", "v", Purpose("outreach.answer-by-mail", GOOD_FOR))
