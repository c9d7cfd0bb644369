// Keys for buttons that carry data-n-key; they can be turned off. The page works without this file.
(() => {
  const form = document.querySelector("[data-n-pair]");
  if (!form) return;
  const STORED = "n-pair-keys-off";
  const box = form.querySelector("[data-n-keys] input");
  const shown = form.querySelectorAll("[data-n-shown-key]");
  const show = () => shown.forEach((key) => { key.hidden = !box.checked; });
  form.querySelector("[data-n-keys]").hidden = false;
  try {
    box.checked = localStorage.getItem(STORED) === null;
  } catch {
    // No storage allowed: the choice lasts for one page.
  }
  show();
  box.addEventListener("change", () => {
    show();
    try {
      if (box.checked) localStorage.removeItem(STORED);
      else localStorage.setItem(STORED, "1");
    } catch {
      // As above.
    }
  });
  let sent = false;
  document.addEventListener("keydown", (event) => {
    if (!box.checked || sent || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return;
    const button = form.querySelector(`[data-n-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    sent = true;
    form.requestSubmit(button);
  });
})();
