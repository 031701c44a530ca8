// A form keeps its writer company: two combinations of keys press its buttons, leaving with changes asks first,
// and whoever goes on after saving finds the place again. Without this script everything works with its buttons.
"use strict";
{
  const form = document.querySelector("#content-main > form[method=post]");
  const PLACE = "desk-place";
  const BUTTONS = { s: ["_continue", "_save"], enter: ["_publish", "_submit"] };
  let saved; // what the form held when it came; null where it came back with errors, so that nothing of it is saved
  let leaving = false;

  // Everything the form would send, in one text.
  const held = () => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return JSON.stringify([...data].map(([name, value]) => [name, value instanceof File ? value.name : value]));
  };

  const pressed = (event) => {
    if (event.altKey || event.shiftKey || event.isComposing || !(event.ctrlKey || event.metaKey)) return null;
    const names = BUTTONS[event.key.toLowerCase()];
    return names?.map((name) => form.querySelector(`[type=submit][name=${name}]`)).find(Boolean);
  };

  const press = (event) => {
    const button = pressed(event);
    if (!button) return;
    event.preventDefault();
    if (leaving || event.repeat) return;
    if (button.name === "_continue" && document.activeElement.id) {
      sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, document.activeElement.id]));
    }
    form.requestSubmit(button);
  };

  // What says that it is a button answers to the space bar as one.
  const pressWithSpace = (event) => {
    if (event.key !== " " || !event.target.matches("a[role=button]")) return;
    event.preventDefault();
    event.target.click();
  };

  // Back to the field that was being written, with the answer beside it.
  const findPlace = () => {
    const [path, id] = JSON.parse(sessionStorage.getItem(PLACE) || "[]");
    sessionStorage.removeItem(PLACE);
    const field = path && (path === location.pathname || path.endsWith("/add/")) && document.getElementById(id);
    if (!field) return;
    field.focus();
    const answer = document.createElement("p");
    answer.className = "desk-saved";
    answer.setAttribute("role", "status");
    (field.closest(".form-row, td, .submit-row") || field.parentElement).append(answer);
    answer.textContent = document.querySelector(".messagelist")?.textContent.trim() || "";
  };

  if (form) {
    const errors = document.querySelector(".errornote");
    window.addEventListener("load", () => {
      saved = errors ? null : held();
      if (errors) {
        errors.tabIndex = -1;
        errors.focus();
        sessionStorage.removeItem(PLACE);
      } else findPlace();
    });
    document.addEventListener("keydown", press);
    document.addEventListener("keydown", pressWithSpace);
    form.addEventListener("submit", () => (leaving = true));
    window.addEventListener("pageshow", () => (leaving = false));
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && saved !== undefined && held() !== saved) event.preventDefault();
    });
    document.querySelectorAll(".desk-keys").forEach((keys) => (keys.hidden = false));
  }
}
