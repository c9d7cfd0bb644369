// A form that saves itself while somebody writes in it; it works without this file. `typed` tells what stands in the form, as
// one string; `taken` may show what the answer holds, and says whether the form now shows all of it.
window.nAutosave = (form, { typed, taken = () => false }) => {
  const SAVE_AFTER = 4000;
  const AGAIN_AFTER = 10000;
  const state = document.getElementById("save-state");
  const started = form.querySelector("[name=started_from]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const words = form.dataset;
  let timer;
  let saving = false, dirty = false, refused = false;

  const say = (sentence, trouble = false) => {
    state.textContent = sentence;
    state.toggleAttribute("data-trouble", trouble);
  };
  const send = (address) => fetch(address, {
    method: "POST", body: new FormData(form), headers: { "X-CSRFToken": token }, credentials: "same-origin",
  });
  const later = (after) => { clearTimeout(timer); timer = setTimeout(save, after); };

  const save = async () => {
    if (refused) return;
    if (saving) { later(1000); return; }
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
      if (typed() === sent) {
        started.value = taken(answer) ? answer.revision : answer.sent_as;
        dirty = false;
      } else {
        // Typing went on: this follows what was sent, and is merged with the rest by the next save.
        started.value = answer.sent_as;
        later(SAVE_AFTER);
      }
      say(answer.words || `${words.saved} ${answer.saved_at}`);
    } catch {
      say(words.offline, true);
      later(AGAIN_AFTER);
    } finally { saving = false; }
  };

  form.addEventListener("input", () => {
    dirty = true;
    if (!refused) say(words.unsaved);
    later(SAVE_AFTER);
  });
  form.addEventListener("submit", () => { dirty = false; clearTimeout(timer); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); clearTimeout(timer); save(); }
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  return { send };
};
