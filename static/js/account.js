// Passkeys: shown where the browser can have them. The ceremony itself is done by allauth's own script.
"use strict";
{
  const able = window.isSecureContext && "PublicKeyCredential" in window;
  document.querySelectorAll("[data-passkey]").forEach((part) => (part.hidden = !able));
  document.querySelectorAll("[data-no-passkey]").forEach((part) => (part.hidden = able));

  // Somebody closed the browser's window, or the key was not theirs. They get words instead of silence.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-error]").forEach((note) => (note.hidden = false));
  });
}
