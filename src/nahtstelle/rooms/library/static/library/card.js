// The form works without this file; with it, it saves by itself and counts the characters of the finding.
(() => {
  const form = document.getElementById("card");
  if (!form) return;
  const state = document.getElementById("save-state");
  const started = form.querySelector("[name=started_from]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const words = form.dataset;
  const SAVE_AFTER = 4000;
  const AGAIN_AFTER = 10000;
  let timer;
  let saving = false, dirty = false, refused = false;

  const typed = () => new URLSearchParams(new FormData(form)).toString();
  const say = (sentence, trouble = false) => {
    state.textContent = sentence;
    state.toggleAttribute("data-trouble", trouble);
  };

  const save = async () => {
    if (refused) return;
    if (saving) { timer = setTimeout(save, 1000); return; }
    saving = true;
    const sent = typed();
    say(words.saving);
    try {
      const response = await fetch(words.autosave, {
        method: "POST", body: new FormData(form), headers: { "X-CSRFToken": token }, credentials: "same-origin",
      });
      if (!response.headers.get("content-type")?.includes("json")) throw new Error("no answer of ours");
      const answer = await response.json();
      if (!response.ok) {
        // What a rule refuses stays refused; a form that is not complete yet may be tried again.
        refused = response.status === 409;
        say(`${words.refused} ${answer.trouble}`, true);
        return;
      }
      const now = typed();
      // The revision that says exactly what was sent: what is typed on is merged from there.
      started.value = answer.sent_as;
      dirty = now !== sent;
      if (dirty) timer = setTimeout(save, SAVE_AFTER);
      say(answer.words || `${words.saved} ${answer.saved_at}`);
    } catch {
      say(words.offline, true);
      clearTimeout(timer);
      timer = setTimeout(save, AGAIN_AFTER);
    } finally { saving = false; }
  };

  form.addEventListener("input", () => {
    dirty = true;
    if (!refused) say(words.unsaved);
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER);
  });
  form.addEventListener("submit", () => { dirty = false; clearTimeout(timer); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); clearTimeout(timer); save(); }
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  form.querySelectorAll("[data-count]").forEach((field) => {
    const count = document.createElement("p");
    count.className = "lib-count";
    const show = () => { count.textContent = `${field.value.length} ${words.of} ${field.dataset.count}`; };
    field.after(count);
    field.addEventListener("input", show);
    show();
  });
  // Another kind of study asks other questions.
  const kind = form.querySelector("[name=template]");
  const button = form.querySelector("[data-kind]");
  kind.addEventListener("change", () => button.click());
})();
