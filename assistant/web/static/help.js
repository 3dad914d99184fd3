// The dialog that prepares an e-mail to a member of staff.
import { $, copy } from "./dom.js";

let opener = null;
let template = null;
let filled = {};

export const actions = {
  help: (button) => open(button),
  "close-help": () => $("#help").close(),
  "copy-mail": () => copy(`${subject()}\n\n${$("#help-text").value}`, $("#help-status")),
};

export function start() {
  $("#help").addEventListener("close", () => opener?.focus());
  for (const id of ["help-agb", "help-sector"]) $(`#${id}`).addEventListener("input", write);
  $("#help-text").addEventListener("input", address);
}

function open(button) {
  opener = button;
  const general = $("#mail-general");
  template = button.closest(".turn") ? $("template.mail", button.closest(".turn")) : general;
  const phone = template.dataset.phone || general.dataset.phone;
  $("#help-to").textContent = to();
  $("#help-phone").textContent = phone;
  $("#help-phone").href = `tel:${phone.replaceAll(" ", "")}`;
  $("#help-status").textContent = "";
  filled = { agb: general.agb, sector: general.sector };
  $("#help-text").value = template.content.textContent;
  write();
  $("#help").showModal();
  $("#help-title").focus();
}

// A field fills its room in the text; what the visitor wrote himself in the text stays.
function write() {
  const values = fields();
  let text = $("#help-text").value;
  for (const name of Object.keys(values)) text = replaceLast(text, filled[name], values[name]);
  filled = values;
  $("#help-text").value = text;
  address();
}

function address() {
  $("#help-subject").textContent = subject();
  $("#help-open").href = `mailto:${to()}?subject=${encodeURIComponent(subject())}&body=${encodeURIComponent($("#help-text").value)}`;
}

function fields() {
  const empty = $("#mail-general").dataset;
  return { agb: $("#help-agb").value.trim() || empty.agb, sector: $("#help-sector").value.trim() || empty.sector };
}

function replaceLast(text, old, fresh) {
  const at = text.lastIndexOf(old);
  return at < 0 ? text : text.slice(0, at) + fresh + text.slice(at + old.length);
}

const to = () => template.dataset.to || $("#mail-general").dataset.to;

function subject() {
  const { agb, sector, subject: words } = $("#mail-general").dataset;
  return replaceLast(replaceLast(words, agb, filled.agb), sector, filled.sector);
}
