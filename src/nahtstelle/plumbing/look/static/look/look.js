// Small conveniences; every page works without them.
(() => {
  const root = document.documentElement;

  // Light and dark: the button names what it will do. Choosing what the system has anyway forgets the choice.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.kernTheme || (system.matches ? "dark" : "light")) === "dark";
  const button = document.querySelector("[data-n-theme]");
  const name = () => {
    const dark = isDark();
    button.querySelector(".kern-icon").className = `kern-icon kern-icon--${dark ? "light" : "dark"}-mode`;
    button.lastElementChild.textContent = dark ? button.dataset.toLight : button.dataset.toDark;
    button.title = button.lastElementChild.textContent;
  };
  if (button) {
    button.hidden = false;
    name();
    system.addEventListener("change", name);
    button.addEventListener("click", () => {
      const wanted = isDark() ? "light" : "dark";
      const natural = system.matches ? "dark" : "light";
      if (wanted === natural) delete root.dataset.kernTheme;
      else root.dataset.kernTheme = wanted;
      try {
        if (wanted === natural) localStorage.removeItem("n-theme");
        else localStorage.setItem("n-theme", wanted);
      } catch {
        // No storage allowed: the choice lasts for one page.
      }
      name();
    });
  }

  // The navigation on a phone.
  const toggle = document.querySelector("[data-n-nav]");
  const navs = document.getElementById("n-nav");
  toggle?.addEventListener("click", () => {
    const open = navs.toggleAttribute("data-open");
    toggle.setAttribute("aria-expanded", String(open));
  });

  // Menus close on Escape and on a click elsewhere.
  const close = (except) =>
    document.querySelectorAll("[data-n-menu][open]").forEach((menu) => menu !== except && menu.removeAttribute("open"));
  document.addEventListener("click", (event) => close(event.target.closest("[data-n-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("[data-n-menu][open]");
    if (open) {
      close();
      open.querySelector("summary").focus();
    }
  });

  // Where filters stand above the results instead of beside them, they start folded.
  if (matchMedia("(max-width: 61.99em)").matches) {
    document.querySelectorAll("[data-n-fold]").forEach((fold) => fold.removeAttribute("open"));
  }

  // Whatever is too wide for its frame can be scrolled with the keyboard, and only then is a stop for it.
  const frames = document.querySelectorAll("[data-n-scroll]");
  const stops = () =>
    frames.forEach((frame) => {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    });
  stops();
  addEventListener("resize", stops);

  // After a refused form the reader starts at the list of what to mend.
  document.querySelector("[data-n-errors]:not([data-n-example] *)")?.focus();
})();
