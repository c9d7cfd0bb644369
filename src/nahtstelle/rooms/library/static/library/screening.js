// The screening page works without this file; with it, keys answer.
(() => {
  const form = document.getElementById("verdict");
  if (!form) return;
  const reason = form.querySelector("[name=reason]");
  const note = form.querySelector("[name=note]");
  let sent = false;
  // One answer for one work, however often a key is pressed.
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Escape" && typing && form.contains(typing)) { typing.blur(); return; }
    if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "n") { event.preventDefault(); note.focus(); return; }
    if (/^[1-9]$/.test(key) && reason && reason.options.length > Number(key)) {
      event.preventDefault();
      reason.selectedIndex = Number(key);
      return;
    }
    const chosen = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });
})();
