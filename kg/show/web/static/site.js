// Suggestions below the search field, and the switches of the reading view.  Pages work without either.
"use strict";

const field = document.querySelector(".find input");
const list = document.getElementById("suggestions");
let waiting = 0;

async function suggest() {
  const words = field.value.trim();
  if (!words) return hide();
  const answer = await fetch(`/search.json?few&q=${encodeURIComponent(words)}`);
  if (!answer.ok || field.value.trim() !== words) return;
  const { hits } = await answer.json();
  list.replaceChildren(...hits.map((hit, index) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `suggestion-${index}`;
    const link = document.createElement("a");
    link.href = hit.href;
    link.tabIndex = -1;
    const name = document.createElement("span");
    name.textContent = hit.name;
    const note = document.createElement("small");
    note.textContent = hit.name === hit.thing.label ? hit.kind : hit.thing.label.slice(0, 12);
    link.append(name, note);
    item.append(link);
    return item;
  }));
  list.hidden = !hits.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
}

function hide() {
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 120);
});
field.addEventListener("keydown", (event) => {
  const items = [...list.children];
  const chosen = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") hide();
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && items.length && !list.hidden) {
    event.preventDefault();
    const next = (chosen + (event.key === "ArrowDown" ? 1 : items.length - (chosen < 0 ? 0 : 1))) % items.length;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
    field.setAttribute("aria-activedescendant", items[next].id);
  }
  if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
    event.preventDefault();
    items[chosen].querySelector("a").click();
  }
});
field.addEventListener("blur", () => setTimeout(hide, 200));

for (const box of document.querySelectorAll("#kinds input")) {
  box.addEventListener("change", () => {
    const shown = new Set([...document.querySelectorAll("#kinds input:checked")].map((each) => each.value));
    for (const mark of document.querySelectorAll(".mark")) {
      const kinds = [...mark.classList].filter((name) => name.startsWith("on-")).map((name) => name.slice(3));
      mark.classList.toggle("off", !kinds.some((kind) => shown.has(kind)));
    }
  });
}
