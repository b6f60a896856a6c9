// Small helps for the page. Every page works without this file.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Typing is kept as a draft while somebody writes, so that a closed browser loses nothing.

const QUIET_MS = 800;
const LARGEST_LAST_LETTER = 60000; // browsers send no more than 64 KB from a page that is closing

for (const form of document.querySelectorAll("form[data-autosave]")) keepDrafts(form);

function keepDrafts(form) {
  const said = form.querySelector("[data-saved]");
  let timer = 0;
  let waiting = false;
  let isSent = false;
  let turn = 0;

  function body() {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
    // A later turn is the newer text, whichever arrives first; time keeps growing over a reload.
    turn = Math.max(turn + 1, Date.now());
    typed.set("draft_turn", String(turn));
    return typed;
  }

  async function keep(isLeaving) {
    clearTimeout(timer);
    waiting = false;
    const typed = body();
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: typed,
        credentials: "same-origin",
        redirect: "error",
        keepalive: isLeaving && String(typed).length < LARGEST_LAST_LETTER,
        headers: { "X-CSRFToken": token ? token.value : "", Accept: "application/json" },
      });
      const told = await answer.json();
      if (answer.ok) say(`Saved at ${told.saved_at}`, false);
      else say(told.problem || "Not saved. Press the save button to keep what you typed.", true);
    } catch {
      if (!isSent) say("Not saved just now. Press the save button before you leave this page.", true);
    }
  }

  function say(text, hasFailed) {
    if (!said) return;
    said.textContent = text;
    said.classList.toggle("sl-saved--failed", hasFailed);
  }

  function typing() {
    if (isSent) return;
    waiting = true;
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET_MS, false);
  }

  function leaving() {
    if (waiting && !isSent) keep(true);
  }

  form.addEventListener("input", typing);
  form.addEventListener("change", typing);
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
  addEventListener("pagehide", leaving);
  addEventListener("pageshow", (event) => {
    if (event.persisted) isSent = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leaving();
  });
}

// Parts that only work with a script are hidden until one runs.

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

// A passkey that was refused, or a question that was closed, is said in words.

document.addEventListener("allauth.error", (event) => {
  const problem = document.querySelector("[data-passkey-problem]");
  if (!problem) return;
  event.preventDefault();
  problem.textContent = "That did not work, or it was cancelled. Try again, or use another way.";
});

// Hide this page: the button, or Escape twice. Again shows it.

const TWICE_MS = 700;
const button = document.querySelector("[data-hide-page]");
const title = document.title;
let cover = null;
let lastEscape = -Infinity;

if (button) {
  button.hidden = false;
  button.addEventListener("click", hideOrShow);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const isSecond = event.timeStamp - lastEscape < TWICE_MS;
    lastEscape = isSecond ? -Infinity : event.timeStamp;
    if (isSecond) hideOrShow();
  });
}

function hideOrShow() {
  if (cover) {
    cover.remove();
    cover = null;
    for (const part of document.body.children) part.inert = false;
    document.documentElement.classList.remove("sl-is-hidden");
    document.title = title;
    button.focus();
    return;
  }
  for (const part of document.body.children) part.inert = true;
  document.documentElement.classList.add("sl-is-hidden");
  document.title = "Sightline";
  cover = document.createElement("div");
  cover.className = "sl-cover";
  cover.setAttribute("role", "dialog");
  cover.setAttribute("aria-label", "The page is hidden");
  const show = document.createElement("button");
  show.type = "button";
  show.className = "govuk-button";
  show.textContent = "Show the page";
  show.addEventListener("click", hideOrShow);
  const hint = document.createElement("p");
  hint.textContent = "Or press Escape twice.";
  cover.append(show, hint);
  document.body.append(cover);
  show.focus();
}
