// The conversation: questions to the server, its replies into the page.
import { $, $$, calm, copy, say, stored, who, words } from "./dom.js";
import * as source from "./source.js";
import * as views from "./views.js";
import * as wording from "./wording.js";

const SLOW_AFTER = 2500;
const GIVE_UP_AFTER = 30000;
const LOG = "inkoopwijzer.log";
const PENDING = "inkoopwijzer.pending";
let bridge;
let waiting = null;
let editing = "";
let timers = [];
let voted = null;
const received = new Set();

export const actions = {
  ask: (button) => ask(button.dataset.question),
  edit: (button) => edit(turnOf(button)),
  "stop-editing": () => stopEditing(),
  stop: () => stop(),
  forget: () => bridge.trigger("forget", {}),
  keep: (button) => bridge.trigger("keep", { turn: turnOf(button).dataset.turn }),
  vote: (button) => vote(button),
  copy: (button) => copy($(".copy-text", turnOf(button)).content.textContent, statusOf(turnOf(button))),
  print: (button) => print(turnOf(button)),
};

export function start(given) {
  bridge = given;
  bridge.watch("value", () => receive(JSON.parse(bridge.props.value)));
  $("#ask").addEventListener("submit", (event) => { event.preventDefault(); ask(box().value); });
  box().addEventListener("keydown", onKey);
  box().addEventListener("input", grow);
  document.addEventListener("keydown", onEscape);
  wording.start(stop);
  document.addEventListener("submit", onWhy);
  const kept = new URLSearchParams(location.search).get("antwoord");
  if (kept) bridge.trigger("reopen", { turn: kept });
  else restore();
  addEventListener("beforeprint", () => $$("details.sources").forEach((details) => (details.open = true)));
  if (matchMedia("(min-width: 70rem)").matches) box().focus({ preventScroll: true });
}

export function ask(question) {
  if (waiting) return;
  views.go("chat");
  if (!question.trim()) return say(words("empty"));
  wording.end();
  const shown = $$("#log .turn").length;
  waiting = placeholder(question);
  stored(PENDING, question);
  say(words("busy"));
  bridge.trigger("ask", { question, audience: who(), replaces: editing, shown });
  box().value = "";
  grow();
  arrange();
  timers = [setTimeout(() => say(words("slow")), SLOW_AFTER), setTimeout(giveUp, GIVE_UP_AFTER, question)];
}

// Gradio sends the last message of an event once more when the event ends.
function receive(reply) {
  if (received.has(reply.nonce)) return;
  received.add(reply.nonce);
  if (reply.kind === "grow") return wording.isOf(reply.turn) ? wording.grow(reply.html) : undefined;
  if (reply.kind === "turn" && document.getElementById(`turn-${reply.turn}`)) return finish(reply);
  if (reply.kind === "turn" || reply.kind === "wording") return showTurn(reply);
  if (reply.kind === "forgotten") return forget();
  if (reply.kind === "stopped") return;
  if (reply.kind === "link") return showLink(reply.turn);
  const turn = reply.turn ? document.getElementById(`turn-${reply.turn}`) : voted;
  if (waiting) giveUp(stored(PENDING));
  say(reply.notice, turn ? statusOf(turn) : undefined);
}

function showTurn(reply) {
  done();
  if (reply.replaces) document.getElementById(`turn-${reply.replaces}`)?.remove();
  stopEditing(false);
  $("#log").insertAdjacentHTML("beforeend", reply.html);
  const turn = $("#log").lastElementChild;
  arrange();
  if (wording.isOf(reply.turn)) {
    wording.begin();
    stored(LOG, $("#log").innerHTML);
    say([reply.notice, $(".progress p", turn).textContent].filter(Boolean).join(" "));
  } else told(turn, reply.notice);
  turn.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  showFirst(turn);
}

function told(turn, notice = "") {
  stored(LOG, $("#log").innerHTML);
  say([notice, `${words("answer")}: ${$(".body", turn).innerText}`].filter(Boolean).join(" "));
}

function showFirst(turn) {
  const first = $(".body a.marker", turn);
  if (first) source.show(first, false);
}

// A turn that was stopped meanwhile stays as it is.
function finish(reply) {
  if (!wording.isOf(reply.turn)) return;
  const wasShown = Boolean($(".body .shown, .growing .shown", wording.current()));
  const turn = wording.finish(reply.html);
  told(turn);
  if (wasShown) showFirst(turn);
}

function stop() {
  const turn = wording.end();
  if (!turn) return;
  bridge.trigger("stop", { turn: turn.dataset.turn });
  told(turn);
  say(words("stopped"), statusOf(turn));
}

function placeholder(question) {
  const turn = document.createElement("article");
  turn.className = "turn waiting";
  const asked = document.createElement("p");
  asked.className = "asked-text";
  asked.textContent = question;
  const busy = document.createElement("p");
  busy.className = "busy";
  busy.textContent = words("busy");
  turn.append(asked, busy);
  $("#log").append(turn);
  return turn;
}

function done() {
  timers.forEach(clearTimeout);
  waiting?.remove();
  waiting = null;
  stored(PENDING, "");
}

function giveUp(question) {
  done();
  arrange();
  if (!box().value) box().value = question;
  say(words("slow"));
}

function restore() {
  const [log, question] = [stored(LOG), stored(PENDING)];
  if (!log && !question) return arrange();
  $("#log").innerHTML = log;
  wording.end();
  box().value = question;
  stored(PENDING, "");
  arrange();
  say(words("lost"));
}

function forget() {
  done();
  wording.end();
  stopEditing();
  $("#log").replaceChildren();
  stored(LOG, "");
  history.replaceState(null, "", location.pathname);
  source.clear();
  arrange();
  say("");
  box().focus();
}

// Only the last question can be changed, and examples stand only before the first.
function arrange() {
  const turns = $$("#log .turn");
  turns.forEach((turn, number) => turn.classList.toggle("last", number === turns.length - 1));
  $("#examples").hidden = turns.length > 0;
  $("#forget").hidden = turns.length === 0;
  $("#view-chat").classList.toggle("started", turns.length > 0);
}

function edit(turn) {
  editing = turn.dataset.turn;
  box().value = turn.dataset.question;
  $("#editing").hidden = false;
  grow();
  box().focus();
  box().setSelectionRange(box().value.length, box().value.length);
}

function stopEditing(clear = true) {
  if (editing && clear) box().value = "";
  editing = "";
  $("#editing").hidden = true;
  grow();
}

function vote(button) {
  const turn = turnOf(button);
  voted = turn;
  const isGood = button.dataset.good === "1";
  $$("[data-do=vote]", turn).forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
  const form = $(".why", turn);
  const title = $(".why-title", form);
  title.textContent = isGood ? title.dataset.whyGood : title.dataset.whyBad;
  $(".reasons", form).hidden = isGood;
  form.dataset.good = isGood ? "1" : "";
  form.hidden = false;
  bridge.trigger("vote", { turn: turn.dataset.turn, is_good: isGood, reason: "" });
}

function onWhy(event) {
  if (!event.target.matches(".why")) return;
  event.preventDefault();
  const form = event.target;
  const chosen = $("input:checked", form)?.value ?? "";
  const reason = [form.dataset.good ? "" : chosen, $("textarea", form).value.trim()].filter(Boolean).join(": ");
  const turn = turnOf(form);
  voted = turn;
  bridge.trigger("vote", { turn: turn.dataset.turn, is_good: form.dataset.good === "1", reason });
  form.hidden = true;
  $("[data-do=vote][aria-pressed=true]", turn).focus();
}

function showLink(id) {
  const place = statusOf(document.getElementById(`turn-${id}`));
  const address = `${location.origin}/?antwoord=${id}`;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = address;
  navigator.clipboard?.writeText(address).then(
    () => place.replaceChildren(words("linkCopied"), " ", link),
    () => place.replaceChildren(`${words("linkReady")}: `, link),
  );
}

function print(turn) {
  document.body.classList.add("print-one");
  turn.classList.add("print-me");
  addEventListener("afterprint", () => {
    document.body.classList.remove("print-one");
    turn.classList.remove("print-me");
  }, { once: true });
  window.print();
}

function onKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask(box().value);
  }
  if (event.key === "Escape" && editing) stopEditing();
}

function onEscape(event) {
  if (event.key === "Escape" && !event.defaultPrevented && !$("dialog:modal")) stop();
}

function grow() {
  box().style.height = "auto";
  box().style.height = `${Math.min(box().scrollHeight + 2, 200)}px`;
}

const box = () => $("#vraag");
const turnOf = (element) => element.closest(".turn");
const statusOf = (turn) => $(".answered > .status", turn);
