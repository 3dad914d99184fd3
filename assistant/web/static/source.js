// The source panel: beside the conversation on a wide screen, over it on a narrow one.
import { $, $$, calm, words } from "./dom.js";

const wide = matchMedia("(min-width: 70rem)");
let opener = null;
let intro = "";

export const actions = { "close-source": () => close() };

export function start() {
  intro = $("#panel-body").innerHTML;
  place();
  wide.addEventListener("change", place);
  const panel = $("#panel");
  panel.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); close(); } });
}

// `wanted` says that the visitor asked for it: then the panel opens on a narrow screen too, and takes the focus.
export async function show(link, wanted) {
  if (!wanted && !wide.matches) return;
  $$(".shown").forEach((other) => other.classList.remove("shown"));
  link.classList.add("shown");
  const body = $("#panel-body");
  try {
    const answer = await fetch(`${link.getAttribute("href")}?deel=1`);
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    if (!link.classList.contains("shown")) return; // another one was chosen meanwhile
    body.innerHTML = html;
  } catch {
    body.textContent = words("sourceFailed");
  }
  if (wanted) open(link);
  const marked = $("mark", body);
  if (marked) body.scrollTo({ top: marked.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop - body.clientHeight / 4,
    behavior: calm() || !wanted ? "auto" : "smooth" });
}

export function clear() {
  $("#panel-body").innerHTML = intro;
}

function open(link) {
  opener = link;
  const panel = $("#panel");
  if (!wide.matches && !panel.matches(":modal")) {
    panel.removeAttribute("open");
    panel.showModal();
  }
  $("#panel-title").focus({ preventScroll: true });
}

function close() {
  const panel = $("#panel");
  if (!wide.matches && panel.open) panel.close();
  opener?.focus({ preventScroll: wide.matches });
  opener = null;
}

function place() {
  const panel = $("#panel");
  if (panel.open) panel.close();
  if (wide.matches) panel.setAttribute("open", "");
}
