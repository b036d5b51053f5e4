// Parts of a page that follow what others do: data-live names their topics, data-live-url where they are made anew.
import { announce } from "./announce.js";
import { adopt } from "./autosave.js";
import { listen } from "./feed.js";
import { morph } from "./morph.js";

const kGatherMs = 150;
const under_way = new Map();  // element -> whether to look once more
const due = new Set();
let timer = 0;

export async function refresh(element) {
  if (under_way.has(element)) { under_way.set(element, true); return; }
  under_way.set(element, false);
  try {
    const answer = await fetch(element.dataset.liveUrl, { headers: { "Kedge-Fragment": "1" }, credentials: "same-origin", cache: "no-store" });
    if (answer.ok && answer.status !== 204) take_over(element, await answer.text());
  } catch {
    // the line is down: the stream tells again when it is back
  }
  const again = under_way.get(element);
  under_way.delete(element);
  if (again) refresh(element);
}

function take_over(element, html) {
  const page = document.createElement("template");
  page.innerHTML = html;
  const fresh = page.content.firstElementChild;
  if (!fresh || !element.isConnected || fresh.nodeName !== element.nodeName) return;
  const waiting = morph(element, fresh);
  const sign = element.querySelector("[data-live-waiting]");
  if (sign) sign.hidden = waiting.length === 0;
  element.dataset.liveHeld = waiting.length ? "1" : "";
  adopt(element);
  announce(waiting.length ? sign?.textContent : fresh.dataset.liveSaid);
}

// After a form was saved: what could not be shown while somebody typed (`only_held`), or anyhow.
export function refresh_around(form, only_held) {
  const element = form.closest("[data-live][data-live-url]");
  if (element && (!only_held || element.dataset.liveHeld)) refresh(element);
}

function told(change) {
  for (const element of document.querySelectorAll("[data-live][data-live-url]"))
    if (change.reload || element.dataset.live.split(/\s+/).includes(change.topic)) due.add(element);
  if (!due.size) return;
  clearTimeout(timer);
  timer = setTimeout(() => { for (const element of due) refresh(element); due.clear(); }, kGatherMs);
}

export function start_live() {
  const { stream } = document.body.dataset;
  if (!stream || !document.querySelector("[data-live]")) return;
  if (typeof SharedWorker === "undefined") { listen(stream, told); return; }
  const worker = new SharedWorker("/assets/live-worker.js", { name: "kedge-live" });
  worker.port.onmessage = ({ data }) => told(data);
  const join = () => worker.port.postMessage({ stream });
  join();
  addEventListener("pagehide", () => worker.port.postMessage({ leave: true }));
  addEventListener("pageshow", (event) => { if (event.persisted) { join(); told({ reload: true }); } });
}
