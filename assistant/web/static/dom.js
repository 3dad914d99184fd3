// Small helpers: the texts of the page, what a visitor chose, messages, the clipboard.
export const $ = (selector, from = document) => from.querySelector(selector);
export const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
export const words = (name) => $("#iw").dataset[name];
export const who = () => $("#who").value;
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function say(text, place = $("#notice")) {
  place.textContent = "";
  // A live region is only read when it changes, so the same words twice need a moment in between.
  setTimeout(() => (place.textContent = text), 30);
}

export async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    say(words("copied"), place);
    return true;
  } catch {
    say(words("notCopied"), place);
    return false;
  }
}

export function stored(key, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(key) ?? "";
    sessionStorage.setItem(key, value);
  } catch {
    // A browser without storage only forgets the conversation when the page is loaded again.
  }
  return "";
}
