// The form works without this file; with it, it saves by itself and counts the characters of the finding.
(() => {
  const form = document.getElementById("card");
  if (!form) return;
  const words = form.dataset;
  window.nAutosave(form, { typed: () => new URLSearchParams(new FormData(form)).toString() });

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
