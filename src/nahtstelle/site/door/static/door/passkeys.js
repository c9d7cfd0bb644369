// Passkeys: asks the server for its question, lets the browser answer it, and sends the answer with the form.
"use strict";

(() => {
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function question(form) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok || answer.redirected) throw new Error("The question could not be asked.");
    return answer.json();
  }

  async function made(options) {
    const credential = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: named(options.excludeCredentials),
      },
    });
    const said = credential.response;
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type,
      response: { clientDataJSON: text(said.clientDataJSON), attestationObject: text(said.attestationObject) },
    };
  }

  async function shown(options) {
    const credential = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: named(options.allowCredentials),
      },
    });
    const said = credential.response;
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type,
      response: {
        clientDataJSON: text(said.clientDataJSON), authenticatorData: text(said.authenticatorData),
        signature: text(said.signature), userHandle: said.userHandle ? text(said.userHandle) : null,
      },
    };
  }

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const trouble = form.querySelector("[data-passkey-trouble]");
    // Passkeys belong to a name; a site reached by a number (a demo on 127.0.0.1) has none to show.
    form.hidden = form.dataset.passkey === "get" && /^[\d.]+$|^\[/.test(location.hostname);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      trouble.hidden = true;
      try {
        const options = await question(form);
        const answer = await (form.dataset.passkey === "create" ? made(options) : shown(options));
        form.querySelector("[name=credential]").value = JSON.stringify(answer);
        form.submit();
      } catch (refusal) {
        trouble.hidden = false;
      }
    });
  }
})();
