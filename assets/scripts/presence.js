// "I am here": a form with data-presence says it while the focus is in it, anything else while the page is seen.
import { secret } from "./forms.js";

const kEveryMs = 20000;
const here = new Map();  // topic -> timer

function say(topic, leaving) {
  const body = new URLSearchParams({ topic });
  if (leaving) body.set("leave", "1");
  fetch(document.body.dataset.presenceUrl, { method: "POST", body, keepalive: true, credentials: "same-origin", headers: { "Kedge-Csrf": secret(), "Kedge-Fragment": "1" } }).catch(() => {});
}

function come(topic) {
  if (here.has(topic)) return;
  say(topic, false);
  here.set(topic, setInterval(() => say(topic, false), kEveryMs));
}

function leave(topic) {
  if (!here.has(topic)) return;
  clearInterval(here.get(topic));
  here.delete(topic);
  say(topic, true);
}

export function start_presence() {
  if (!document.body.dataset.presenceUrl) return;
  const form_topic = (event) => event.target.closest?.("form[data-presence]")?.dataset.presence;
  document.addEventListener("focusin", (event) => { const topic = form_topic(event); if (topic) come(topic); });
  document.addEventListener("focusout", (event) => {
    const topic = form_topic(event);
    const next = event.relatedTarget?.closest?.("form[data-presence]")?.dataset.presence;
    if (topic && topic !== next && !always().includes(topic)) leave(topic);
  });
  const always = () => [...document.querySelectorAll("[data-presence]:not(form)")].map((element) => element.dataset.presence);
  const look = () => {
    if (document.visibilityState === "visible") for (const topic of always()) come(topic);
    else for (const topic of [...here.keys()]) leave(topic);
  };
  look();
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => { for (const topic of [...here.keys()]) leave(topic); });
}
