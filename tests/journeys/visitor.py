"""Somebody before a screen: what they open, press, fill in and see, each named by the words of the source."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import Error as Trouble
from playwright.sync_api import Locator, Page, expect

from tests.cast import app_code
from tests.journeys.words import said

PASSWORD = "einfach nur zum Testen"
expect.set_options(timeout=15_000)  # milliseconds; a busy machine is slow, a wrong page stays wrong


class Visitor:
    """One person in one browser window of their own."""

    def __init__(self, page: Page, *, language: str = "de") -> None:
        self.page = page
        self.language = language

    # Where one goes

    def door_of(self, name: str) -> Locator:
        """The button of an invented person, on the demo's page of persons."""
        return self.page.locator("#main").get_by_role("button", name=re.compile(rf"^{re.escape(name)}\b"))

    def opens(self, name: str, *args: Any, query: str = "") -> None:
        """A page by the name of its address."""
        self.page.goto(reverse(name, args=args) + query)

    def looks_again(self) -> None:
        try:
            self.page.reload()
        except Trouble:  # a page that is just taking the place of another cannot be loaded again
            self.page.goto(self.page.url)

    def signs_in(self, mail: str) -> None:
        """With the password and the app all people of the stage have."""
        self.opens("desk:sign-in")
        self.page.locator("#id_username").fill(mail)
        self.page.locator("#id_password").fill(PASSWORD)
        self.presses("Sign in", within="#main")
        expect(self.heading).to_have_text(self.said("Second step"))
        self.fills("Code", app_code())
        self.presses("Sign in", within="#main")
        expect(self.heading).to_have_text(self.said("My desk"))

    def comes_in_as(self, name: str) -> None:
        """By the door of the demo."""
        self.opens("demo:doors")
        self.door_of(name).click()
        expect(self.heading).to_have_text(self.said("My desk"))

    def follows(self, words: str, *, within: str = "body", plain: bool = False, **values: Any) -> None:
        """A link called ``words``; ``plain`` words are content and stand on the page as they are."""
        self._click("link", words, within=within, plain=plain, **values)

    def goes_to(self, words: str, *, group: str) -> None:
        """A link in a group of the desk's navigation."""
        self.page.locator(".n-nav--desk summary", has_text=self.said(group)).click()
        self.follows(words, within=".n-nav--desk")

    # What one does

    def presses(self, words: str, *, within: str = "body", plain: bool = False, **values: Any) -> None:
        self._click("button", words, within=within, plain=plain, **values)

    def does(self, step: str, *, within: str = "#main") -> None:
        """A step of a workflow, by what its button sends: "submit", "sign-off", "approve" …"""
        button = self.page.locator(within).locator(f"button[value='{step}'], button[name='{step}']")
        try:
            button.first.click()
        except Trouble:
            steps = [one.get_attribute("value") for one in self.page.locator(f"{within} button").all()]
            raise AssertionError(f"The step “{step}” cannot be taken at {self.path}, but {steps}") from None
        self.page.wait_for_load_state()

    def _click(self, role: Any, words: str, *, within: str, plain: bool, **values: Any) -> None:
        wanted = self.named(role, words, within=within, plain=plain, **values)
        try:
            wanted.first.click()
        except Trouble:
            there = [" ".join(one.inner_text().split()) for one in self.page.locator(within).get_by_role(role).all()]
            name = words if plain else self.said(words, **values)
            raise AssertionError(f"No {role} “{name}” at {self.path}, but {there}") from None
        self.page.wait_for_load_state()

    def fills(self, label: str, text: str, *, within: str = "#main", context: str = "") -> None:
        self.field(label, within=within, context=context).fill(text)

    def chooses(self, label: str, option: str, *, within: str = "#main", plain: bool = False) -> None:
        """An option of a select by its words."""
        self.field(label, within=within).select_option(label=option if plain else self.said(option))

    def ticks(self, label: str, *, within: str = "#main", plain: bool = True) -> None:
        """A box or button of a group by its label, or by what stands there before a dash."""
        words = re.escape(label if plain else self.said(label))
        self.page.locator(within).get_by_label(re.compile(rf"^{words}( –|$)")).check()

    # What one sees

    @property
    def heading(self) -> Locator:
        return self.page.locator("h1")

    @property
    def banners(self) -> list[str]:
        """The titles of the banners above a text, without their "since …"."""
        titles = self.page.locator("#main .n-banner__title")
        return [title.evaluate("t => t.firstChild.textContent.trim()") for title in titles.all()]

    def sees(self, words: str, *, within: str = "body", plain: bool = False, **values: Any) -> None:
        """Somewhere on the page stands ``words``, also as a part of a sentence."""
        text = words if plain else self.said(words, **values)
        expect(self.page.locator(within)).to_contain_text(text)

    def does_not_see(self, words: str, *, within: str = "body", plain: bool = False, **values: Any) -> None:
        text = words if plain else self.said(words, **values)
        expect(self.page.locator(within)).not_to_contain_text(text)

    def texts(self, selector: str) -> list[str]:
        """What stands in the elements of that kind, its white space folded."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    # How it is found

    def said(self, words: str, *, context: str = "", **values: Any) -> str:
        return said(words, language=self.language, context=context, **values)

    def named(self, role: Any, words: str, *, within: str = "body", plain: bool = False, **values: Any) -> Locator:
        name = words if plain else self.said(words, **values)
        return self.page.locator(within).get_by_role(role, name=name, exact=True)

    def field(self, label: str, *, within: str = "#main", context: str = "") -> Locator:
        """A field by its label, whether or not that says "(optional)"."""
        name = re.escape(self.said(label, context=context))
        return self.page.locator(within).get_by_label(re.compile(rf"^\s*{name}(\s*\([^)]*\))?\s*$", re.IGNORECASE))

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path
