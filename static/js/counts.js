// How long a text is, beside what is recommended. The number follows every key; a screen reader hears it when the
// writer pauses near the end, and reads it with the field.
"use strict";
{
  const says = document.getElementById("desk-says");
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
  const length = (field) => [...field.value.trim()].length; // letters, not the halves that some are stored in
  let pause;

  const counter = (field) => {
    const id = `${field.id}_count`;
    const known = document.getElementById(id);
    if (known) return known;
    const made = document.createElement("span");
    made.id = id;
    made.className = "desk-count";
    const help = document.querySelector(`#${CSS.escape(field.id)}_helptext > div`);
    if (help) help.append(" ", made);
    else {
      field.after(made);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${id}`.trim());
    }
    return made;
  };

  const count = (field) => {
    const most = Number(field.dataset.recommended);
    const now = length(field);
    const words = fill(now > most ? says.dataset.over : says.dataset.count, { count: now, most, over: now - most });
    const shown = counter(field);
    shown.textContent = now ? words : "";
    shown.classList.toggle("desk-count--over", now > most);
    return now > 0.9 * most ? words : "";
  };

  const countAll = (where) =>
    where.querySelectorAll("[data-recommended]").forEach((field) => field.id.includes("__prefix__") || count(field));

  if (says) {
    countAll(document);
    document.addEventListener("formset:added", (event) => countAll(event.target));
    document.addEventListener("input", (event) => {
      if (!event.target.matches("[data-recommended]")) return;
      const words = count(event.target);
      clearTimeout(pause);
      pause = setTimeout(() => (says.textContent = words), 1500);
    });
  }
}
