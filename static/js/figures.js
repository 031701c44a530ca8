// A figure as readers will see it, in both languages, while it is typed. The server says it: the words are the site's.
"use strict";
{
  const NAMES = ["value", "value_max", "value_date", "value_date_precision", "qualifier", "unit"];
  const waiting = new WeakMap();

  const typed = (row) =>
    new URLSearchParams(NAMES.map((name) => [name, row.querySelector(`[name$="-${name}"]`)?.value ?? ""])).toString();

  const ask = async (row) => {
    const said = row.querySelector("[data-figure-url]");
    const asked = typed(row);
    if (said.dataset.asked === asked) return;
    said.dataset.asked = asked;
    const response = await fetch(`${said.dataset.figureUrl}?${asked}`, { headers: { Accept: "application/json" } });
    if (!response.ok || said.dataset.asked !== asked) return; // another key was pressed meanwhile
    const { words, problem } = await response.json();
    said.querySelectorAll("[lang]").forEach((part) => (part.textContent = words[part.lang] || ""));
    said.querySelector(".figure-said__problem").textContent = problem || "";
  };

  const changed = (event) => {
    const row = event.target.closest?.(".inline-related");
    if (!row?.querySelector("[data-figure-url]") || !NAMES.some((name) => event.target.name?.endsWith(`-${name}`))) return;
    clearTimeout(waiting.get(row));
    waiting.set(row, setTimeout(() => ask(row).catch(() => {}), 500));
  };

  // What the server said when it made the form need not be asked again.
  document.querySelectorAll(".inline-related:has([data-figure-url])").forEach((row) => {
    row.querySelector("[data-figure-url]").dataset.asked = typed(row);
  });
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  // Choices made with Select2 are events of jQuery alone.
  window.addEventListener("load", () => window.django?.jQuery(document).on("change", changed));
}
