// The editor works without this file; with it, it saves by itself, shows a preview and has a toolbar.
(() => {
  const form = document.getElementById("editor");
  if (!form) return;
  const names = ["title", "summary", "body"];
  const fields = Object.fromEntries(names.map((name) => [name, form.querySelector(`#id_${name}`)]));
  const body = fields.body;
  const state = document.getElementById("save-state");
  const preview = document.getElementById("preview");
  const found = document.getElementById("found");
  const started = form.querySelector("[name=started_from]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const words = form.dataset;
  const SAVE_AFTER = 4000;
  const PREVIEW_AFTER = 900;
  const AGAIN_AFTER = 10000;
  let saveTimer, previewTimer;
  let saving = false, dirty = false, refused = false;

  const typed = () => Object.fromEntries(names.map((name) => [name, fields[name].value]));
  const same = (one, other) => names.every((name) => one[name] === other[name]);
  const say = (sentence, trouble = false) => {
    state.textContent = sentence;
    state.toggleAttribute("data-trouble", trouble);
  };
  const send = (address) => fetch(address, {
    method: "POST", body: new FormData(form), headers: { "X-CSRFToken": token }, credentials: "same-origin",
  });

  // Puts a merged text into a field and leaves the cursor where its writer had it.
  const show = (field, text) => {
    if (field.value === text) return;
    const [from, to] = [field.selectionStart, field.selectionEnd];
    const moved = text.startsWith(field.value.slice(0, from)) ? 0 : Math.max(text.length - field.value.length, -from);
    field.value = text;
    if (document.activeElement === field) field.setSelectionRange(from + moved, to + moved);
  };

  const save = async () => {
    if (refused) return;
    if (saving) { saveTimer = setTimeout(save, 1000); return; }
    saving = true;
    const sent = typed();
    say(words.saving);
    try {
      const response = await send(words.autosave);
      if (!response.headers.get("content-type")?.includes("json")) throw new Error("no answer of ours");
      const answer = await response.json();
      if (!response.ok) {
        // What a rule refuses stays refused; a form that is not complete yet may be tried again.
        refused = response.status === 409;
        say(`${words.refused} ${answer.trouble}`, true);
        return;
      }
      if (answer.left) { dirty = false; window.location.assign(answer.left); return; }
      if (same(typed(), sent)) {
        if (answer.text) names.forEach((name) => show(fields[name], answer.text[name]));
        started.value = answer.revision;
        dirty = false;
      } else {
        // Typing went on: this text follows what was sent, and is merged with the rest by the next save.
        started.value = answer.sent_as;
        clearTimeout(saveTimer);
        saveTimer = setTimeout(save, SAVE_AFTER);
      }
      say(answer.words || `${words.saved} ${answer.saved_at}`);
    } catch {
      say(words.offline, true);
      clearTimeout(saveTimer);
      saveTimer = setTimeout(save, AGAIN_AFTER);
    } finally { saving = false; }
  };

  const look = async () => {
    try {
      const response = await send(words.preview);
      if (!response.ok) return;
      preview.innerHTML = await response.text();
      const number = preview.querySelectorAll("[data-citation]").length;
      const sentence = number === 1 ? found.dataset.one : `${number} ${found.dataset.many}`;
      if (number && found.textContent !== sentence) found.textContent = sentence;
    } catch { /* the preview waits for the connection */ }
  };

  form.addEventListener("input", () => {
    dirty = true;
    if (!refused) say(words.unsaved);
    clearTimeout(saveTimer); clearTimeout(previewTimer);
    saveTimer = setTimeout(save, SAVE_AFTER);
    previewTimer = setTimeout(look, PREVIEW_AFTER);
  });
  form.addEventListener("submit", () => { dirty = false; clearTimeout(saveTimer); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); clearTimeout(saveTimer); save(); }
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  const toolbar = form.querySelector("[role=toolbar]");
  toolbar.hidden = false;
  const insert = (text, selectFrom, selectTo) => {
    body.focus();
    const from = body.selectionStart;
    // The browser's own undo knows what is inserted this way.
    if (!document.execCommand("insertText", false, text)) body.setRangeText(text, from, body.selectionEnd, "end");
    if (selectFrom !== undefined) body.setSelectionRange(from + selectFrom, from + selectTo);
    form.dispatchEvent(new Event("input"));
  };
  // One stop for the tabulator; the arrow keys go from button to button.
  const buttons = [...toolbar.querySelectorAll("button")];
  const focusOn = (index) => {
    buttons.forEach((button, at) => { button.tabIndex = at === index ? 0 : -1; });
    buttons[index].focus();
  };
  buttons.forEach((button, at) => { button.tabIndex = at ? -1 : 0; });
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    focusOn((next + buttons.length) % buttons.length);
  });
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
    const { line, wrap, insert: block, link } = button.dataset;
    if (wrap) insert(wrap + chosen + wrap, wrap.length, wrap.length + chosen.length);
    else if (block) insert(`\n${block}`);
    else if (link) insert(`[${chosen || words.address}](https://)`, (chosen || words.address).length + 3, (chosen || words.address).length + 11);
    else if (line) {
      const start = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
      body.setSelectionRange(start, body.selectionEnd);
      insert(body.value.slice(start, body.selectionEnd).split("\n").map((row) => line + row).join("\n"));
    }
  });
  // A study is looked for beside the text and put in at the cursor.
  const search = document.querySelector("form[data-find]");
  const results = document.getElementById("found-sources");
  search?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const query = new URLSearchParams(new FormData(search));
    try {
      const response = await fetch(`${search.dataset.find}?${query}`, { credentials: "same-origin" });
      if (response.ok) results.innerHTML = await response.text();
      else search.submit();
    } catch { say(words.offline, true); }
  });
  results?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cite]");
    if (!button) return;
    const before = body.value[body.selectionStart - 1];
    insert(before && /\S/.test(before) ? ` ${button.dataset.cite}` : button.dataset.cite);
  });
  look();
})();
