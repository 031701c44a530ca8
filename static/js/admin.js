// Select2, which Django's autocompletes are made with, leaves its parts without names. Give them those of the field.
"use strict";
{
  const nameOf = (select) =>
    select.getAttribute("aria-label") || Array.from(select.labels, (label) => label.textContent.trim()).join(" ");

  const say = (element, attribute, value) => {
    if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
  };

  const amend = (container) => {
    const select = container.previousElementSibling;
    if (!select || !select.matches("select")) return;
    const name = nameOf(select);
    const chosen = Array.from(select.selectedOptions, (option) => option.textContent).filter(Boolean).join("; ");
    const box = container.querySelector(".select2-selection");
    box.removeAttribute("aria-labelledby");
    say(box, "aria-label", chosen ? `${name}: ${chosen}` : name);
    container.querySelectorAll("input").forEach((input) => say(input, "aria-label", name));
    // A list whose children are not list items, or a text box that takes no text, is neither to a screen reader.
    container.querySelectorAll(".select2-selection__rendered, .select2-selection__rendered > li").forEach((part) => {
      part.removeAttribute("aria-readonly");
      say(part, "role", "presentation");
    });
  };

  const amendAll = () => {
    document.querySelectorAll(".select2-container").forEach(amend);
    const open = document.querySelector("select + .select2-container--open");
    if (!open) return;
    const name = nameOf(open.previousElementSibling);
    document
      .querySelectorAll(".select2-dropdown input, .select2-results__options")
      .forEach((part) => say(part, "aria-label", name));
  };

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      amendAll();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
}
