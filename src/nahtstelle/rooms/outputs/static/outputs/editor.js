// The editor works without this file; with it, it saves by itself, shows a preview and has a toolbar.
(() => {
  const form = document.getElementById("editor");
  if (!form) return;
  const body = form.querySelector("#id_body");
  const state = document.getElementById("save-state");
  const preview = document.getElementById("preview");
  const started = form.querySelector("[name=started_from]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const SAVE_AFTER = 4000;
  const PREVIEW_AFTER = 900;
  let saveTimer, previewTimer, saving = false, dirty = false;

  const send = (address) => fetch(address, {
    method: "POST", body: new FormData(form), headers: { "X-CSRFToken": token }, credentials: "same-origin",
  });

  const save = async () => {
    if (saving) { saveTimer = setTimeout(save, 1000); return; }
    saving = true;
    const sent = body.value;
    try {
      const response = await send(form.dataset.autosave);
      const answer = await response.json();
      if (!response.ok) { state.textContent = answer.trouble; return; }
      if (answer.left) { dirty = false; window.location.assign(answer.left); return; }
      started.value = answer.revision;
      if (answer.text && body.value === sent) {
        const at = body.selectionStart;
        body.value = answer.text.body;
        body.setSelectionRange(at, at);
      }
      if (body.value === sent || answer.text) dirty = false;
      state.textContent = answer.words || `${form.dataset.saved} ${answer.saved_at}`;
    } catch {
      state.textContent = form.dataset.offline;
      saveTimer = setTimeout(save, 10000);
    } finally { saving = false; }
  };

  const show = async () => {
    try {
      const response = await send(form.dataset.preview);
      if (response.ok) preview.innerHTML = await response.text();
    } catch { /* the preview waits for the connection */ }
  };

  form.addEventListener("input", () => {
    dirty = true;
    state.textContent = form.dataset.unsaved;
    clearTimeout(saveTimer); clearTimeout(previewTimer);
    saveTimer = setTimeout(save, SAVE_AFTER);
    previewTimer = setTimeout(show, PREVIEW_AFTER);
  });
  form.addEventListener("submit", () => { dirty = false; clearTimeout(saveTimer); });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  const toolbar = form.querySelector("[role=toolbar]");
  toolbar.hidden = false;
  const insert = (text, selectFrom, selectTo) => {
    const from = body.selectionStart;
    body.setRangeText(text, from, body.selectionEnd, "end");
    if (selectFrom !== undefined) body.setSelectionRange(from + selectFrom, from + selectTo);
    body.focus();
    form.dispatchEvent(new Event("input"));
  };
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
    const { line, wrap, insert: block, link } = button.dataset;
    if (wrap) insert(wrap + chosen + wrap, wrap.length, wrap.length + chosen.length);
    else if (block) insert(`\n${block}`);
    else if (link) insert(`[${chosen}](https://)`, chosen.length + 3, chosen.length + 11);
    else if (line) {
      const start = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
      body.setSelectionRange(start, body.selectionEnd);
      insert(body.value.slice(start, body.selectionEnd).split("\n").map((row) => line + row).join("\n"));
    }
  });
  show();
})();
