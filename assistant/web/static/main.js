// Starts the chat when Gradio has drawn the page and its channel for events.
import * as help from "./help.js";
import * as source from "./source.js";
import * as talk from "./talk.js";
import * as views from "./views.js";

const ACTIONS = { ...talk.actions, ...source.actions, ...views.actions, ...help.actions };

function start() {
  const page = document.getElementById("iw");
  if (!page || !window.inkoopwijzer || page.dataset.started) return;
  page.dataset.started = "1";
  document.addEventListener("click", onClick);
  source.start();
  views.start();
  help.start();
  talk.start(window.inkoopwijzer);
}

function onClick(event) {
  const link = event.target.closest("a[data-source], a[data-view], a.skip");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (link && plain) {
    event.preventDefault();
    if (link.dataset.view) views.go(link.dataset.view);
    else if (link.hasAttribute("data-source")) source.show(link, true);
    else document.getElementById("vraag").focus();
    return;
  }
  const button = event.target.closest("[data-do]");
  if (button) ACTIONS[button.dataset.do]?.(button);
}

document.addEventListener("inkoopwijzer", () => {
  start();
  const timer = setInterval(() => (document.getElementById("iw")?.dataset.started ? clearInterval(timer) : start()), 50);
});
if (window.inkoopwijzer) document.dispatchEvent(new Event("inkoopwijzer"));
