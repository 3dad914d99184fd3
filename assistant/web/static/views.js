// The views beside the chat, for whom they are, and the ticks of the checklists.
import { $, $$, stored, who, words } from "./dom.js";

const NAMES = ["chat", "termijnen", "voorwaarden", "afkortingen"];
const WHO = "inkoopwijzer.who";

export const actions = {
  who: (button) => { $("#who").value = button.dataset.who; changed(); $("#who").focus(); },
  "print-view": () => window.print(),
  "clear-list": () => {
    $$("#view-voorwaarden input[value=not-stated]").forEach((input) => { input.checked = true; keep(input); });
    count();
  },
};

export function start() {
  $("#who").value = stored(WHO);
  $("#who").addEventListener("change", changed);
  addEventListener("hashchange", () => open(location.hash.slice(1)));
  document.addEventListener("change", (event) => {
    if (event.target.matches(".checklist input")) { keep(event.target); count(); }
  });
  changed();
  if (NAMES.includes(location.hash.slice(1))) open(location.hash.slice(1));
}

export function go(name) {
  if (!$(`#view-${name}`).hidden) return;
  history.pushState(null, "", `${location.pathname}${location.search}#${name}`);
  open(name);
  $(`#title-${name}`).focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "auto" });
}

function open(name) {
  const shown = NAMES.includes(name) ? name : "chat";
  for (const other of NAMES) $(`#view-${other}`).hidden = other !== shown;
  for (const link of $$("[data-view]")) {
    if (link.dataset.view === shown) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const title = words("title");
  document.title = shown === "chat" ? title : `${$(`#title-${shown}`).textContent} – ${title}`;
}

async function changed() {
  stored(WHO, who());
  const fitting = $(`#examples [data-for="${who()}"]`) ?? $('#examples [data-for=""]');
  for (const group of $$("#examples [data-for]")) group.hidden = group !== fitting;
  await Promise.all($$("[data-part]").map(load));
  $$("#view-voorwaarden fieldset").forEach(tick);
  count();
}

async function load(place) {
  const asked = who();
  try {
    const answer = await fetch(`${place.dataset.part}?voor=${encodeURIComponent(asked)}`);
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    if (asked === who()) place.innerHTML = html;
  } catch {
    place.textContent = words("fragmentFailed");
  }
}

const key = (fieldset) => `inkoopwijzer.tick.${fieldset.dataset.item}`;
const keep = (input) => stored(key(input.closest("fieldset")), input.value);

function tick(fieldset) {
  const value = stored(key(fieldset));
  const input = $$("input", fieldset).find((each) => each.value === value);
  if (input) input.checked = true;
}

function count() {
  for (const list of $$(".checklist")) {
    const values = $$("input:checked", list).map((input) => input.value);
    const number = (value) => values.filter((each) => each === value).length;
    const filled = { total: values.length, met: number("met"), missing: number("missing"), open: number("not-stated") };
    $(".count", list).textContent = words("count").replace(/\{(\w+)\}/g, (_, name) => filled[name]);
  }
}
