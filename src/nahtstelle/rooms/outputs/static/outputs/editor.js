// The editor works without this file; with it, it saves by itself, shows a preview and has a toolbar.
(() => {
  const form = document.getElementById("editor");
  if (!form) return;
  const names = ["title", "summary", "body"];
  const fields = Object.fromEntries(names.map((name) => [name, form.querySelector(`#id_${name}`)]));
  const body = fields.body;
  const preview = document.getElementById("preview");
  const found = document.getElementById("found");
  const words = form.dataset;
  const PREVIEW_AFTER = 900;
  let previewTimer;

  // Puts a merged text into a field and leaves the cursor where its writer had it.
  const show = (field, text) => {
    if (field.value === text) return;
    const [from, to] = [field.selectionStart, field.selectionEnd];
    const moved = text.startsWith(field.value.slice(0, from)) ? 0 : Math.max(text.length - field.value.length, -from);
    field.value = text;
    if (document.activeElement === field) field.setSelectionRange(from + moved, to + moved);
  };

  const { send } = window.nAutosave(form, {
    typed: () => JSON.stringify(names.map((name) => fields[name].value)),
    taken: (answer) => {
      if (answer.text) names.forEach((name) => show(fields[name], answer.text[name]));
      return true;
    },
  });

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
    clearTimeout(previewTimer);
    previewTimer = setTimeout(look, PREVIEW_AFTER);
  });

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
