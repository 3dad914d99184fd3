// An answer while a chat model words it anew: its text grows, and the proven text lies under it until it is finished.
import { $, $$ } from "./dom.js";

const SILENT_FOR = 40000; // longer than the server waits for the model
let timer;
let giveUp;

export function start(whenSilent) {
  giveUp = whenSilent;
}

// The turn that is being worded, null when there is none.
export const current = () => $(".turn:has(.wording)");
export const isOf = (id) => current()?.dataset.turn === id;

export function begin() {
  clearTimeout(timer);
  timer = setTimeout(giveUp, SILENT_FOR);
}

export function grow(html) {
  const text = $(".growing", current());
  const at = $$("a", text).indexOf(document.activeElement);
  text.innerHTML = html;
  if (at >= 0) $$("a", text)[at]?.focus({ preventScroll: true });
  begin();
}

// The worded text takes the place of the proven one, where it is shown and where it is copied from.
export function finish(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  for (const part of [".body", ".mail", ".copy-text"]) $(part, current()).replaceWith($(part, fresh.content));
  return end();
}

// Show what lies under the growing text. Returns the turn, null when there was none.
export function end() {
  clearTimeout(timer);
  const turn = current();
  if (!turn) return null;
  const hadFocus = Boolean(document.activeElement.closest(".progress, .growing"));
  $(".wording", turn).classList.remove("wording");
  $$(".progress, .growing", turn).forEach((part) => part.remove());
  if (hadFocus) {
    $(".body", turn).tabIndex = -1;
    $(".body", turn).focus({ preventScroll: true });
  }
  return turn;
}
