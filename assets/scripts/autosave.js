// Forms with data-autosave save themselves and say so. Without this script their button does.
import { announce } from "./announce.js";
import { Drafts } from "./drafts.js";
import { mark_wrong, once_key, put, secret, settle, take_shown, typed, unfold, unsaved, value_of } from "./forms.js";
import { refresh_around } from "./live.js";
import { Saver } from "./saver.js";

const kTooLargeToOutlivePage = 60000;  // bytes that a browser sends after its page is gone: 64 kB for all
const kLost = new Set([429, 502, 503, 504]);
const savers = new WeakMap();
const forms = new Set();
let drafts = new Drafts();

function say(form, state, words) {
  const sign = form.querySelector("[data-saved]");
  if (!sign) return;
  sign.dataset.state = state;
  if (words) sign.textContent = words;
}

// The session has ended: the words stay in the field, and the way to sign in opens beside this page.
function say_signed_out(form, words) {
  const said = document.getElementById("k-signed-out")?.content.cloneNode(true);
  say(form, "error", words ?? " ");
  if (said) form.querySelector("[data-saved]")?.replaceChildren(said);
}

// A conflict is a part of a page that shows both texts; every other 409 is a refusal.
async function understood(answer) {
  if (answer.status === 409 && (answer.headers.get("content-type") ?? "").startsWith("text/html")) return { kind: "conflict", html: await answer.text() };
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return { ...told, kind: "saved" };
  return { ...told, kind: "refused", signed_out: answer.status === 401 };
}

async function sent(action, text, extra) {
  const body = new URLSearchParams(text);
  for (const [name, value] of Object.entries(extra)) if (value) body.set(name, value);
  const headers = { "Kedge-Fragment": "1", "Kedge-Csrf": secret() };
  try {
    const keepalive = body.toString().length < kTooLargeToOutlivePage;
    const answer = await fetch(action, { method: "POST", headers, body, keepalive, credentials: "same-origin" });
    if (kLost.has(answer.status)) return { kind: "lost" };
    return await understood(answer);
  } catch {
    return { kind: "lost" };
  }
}

// Both texts, after the form: a form can't hold the forms by which one is chosen.
function show_conflict(form, html) {
  const page = document.createElement("template");
  page.innerHTML = html;
  const shown = page.content.firstElementChild;
  if (!shown) return;
  const words = shown.querySelector(".k-conflict__lede")?.textContent ?? shown.textContent;
  while (form.nextElementSibling?.classList.contains("k-conflict")) form.nextElementSibling.remove();
  form.after(page.content);
  unfold(form);
  announce(words);
}

// Marks go into a sealed box: they carry no key and no version, and are never kept in the browser.
const is_sealed = (form) => form.hasAttribute("data-autosave-sealed");

// What a form says of what its writer had before them. A draft says it as of then, whatever the page shows by now.
const read_at = (form) => ({ version: form.dataset.draftVersion ?? value_of(form, "version"), shown: form.dataset.draftShown ?? value_of(form, "shown") });

// `draft` is {text, once}. What a later page of this session can send or show again is `kept`.
async function keep(form, { text, once }, comes_back = true) {
  if (is_sealed(form) || !form.id) return;
  const done = await drafts.keep(form.id, { action: form.getAttribute("action"), text, once, ...read_at(form) });
  form.dataset.kept = done && comes_back ? "1" : "";
}

// The server has the words, or nothing of them is left.
function let_go(form) {
  if (form.id) drafts.drop(form.id);
  delete form.dataset.kept;
}

function forget_draft(form) {
  delete form.dataset.draftVersion;
  delete form.dataset.draftShown;
}

function attach(form) {
  if (savers.has(form)) return;
  form.autocomplete = "off";  // else browsers keep what was typed in the file of their session, in clear, after signing out too
  const saver = new Saver({
    read: () => typed(form),
    fresh: once_key,
    post: async (text, once) => {
      const result = await sent(form.action, text, is_sealed(form) ? {} : { once, ...read_at(form) });
      if (result.kind === "saved") { forget_draft(form); settle(form, text); }
      return { ...result, text, once };
    },
    told: (state, result) => {
      if (state === "saving") { say(form, "saving", form.dataset.saving); return; }
      if (state === "offline") { keep(form, result); say(form, "offline", form.dataset.offline); return; }
      mark_wrong(form, result?.fields);
      if (state === "settled") { let_go(form); say(form, "", " "); }
      if (state === "saved") {
        let_go(form);
        if (result.version !== undefined) put(form, "version", String(result.version));
        take_shown(form, result.text, result.shown);
        say(form, "saved", result.saved);
        const sign = form.querySelector("[data-saved]");
        if (sign) sign.dataset.version = value_of(form, "version");
        // nobody else's event tells of a private answer: what can be done with it now stands in its card
        refresh_around(form, is_sealed(form) || "presence" in form.dataset);
      }
      if (state === "refused") {
        keep(form, result, Boolean(result.fields));  // refused for another reason it may never be sent: leaving the page asks first
        if (result.signed_out) say_signed_out(form, result.error);
        else say(form, "error", result.error ?? form.dataset.offline);
      }
      if (state === "conflict") {
        let_go(form);
        say(form, "error", " ");
        show_conflict(form, result.html);
        settle(form, result.text);  // the server keeps it beside the other text; what was typed since goes after it
        refresh_around(form, false);
      }
    },
  });
  savers.set(form, saver);
  forms.add(form);
  const late = (event) => event.target.matches?.("[data-autosave-late]");
  form.addEventListener("input", (event) => { if (!late(event)) saver.changed(); });
  form.addEventListener("change", () => saver.changed());
  form.addEventListener("focusout", () => saver.save());
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;  // shares what stands in the form, or takes it back: another page comes
    event.preventDefault();
    saver.refused = null;
    saver.save();
  });
}

// After a part of the page was brought up to date.
export function adopt(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (!savers.has(form)) attach(form);
    else if (!unsaved(form)) { forget_draft(form); savers.get(form).reset(); }
  }
}

async function send_drafts() {
  for (const [id, draft] of await drafts.all()) {
    const form = document.getElementById(id);
    if (form?.getAttribute("action") === draft.action && savers.has(form)) {
      fill(form, draft.text);
      const saver = savers.get(form);
      if (!saver.waiting) { drafts.drop(id); continue; }  // it arrived after all
      form.dataset.draftVersion = draft.version;
      form.dataset.draftShown = draft.shown ?? "";
      await saver.resume(typed(form), draft.once);
    } else {
      const result = await sent(draft.action, draft.text, { once: draft.once, version: draft.version, shown: draft.shown });
      if (result.kind === "saved" || result.kind === "conflict") drafts.drop(id);
    }
  }
}

function fill(form, text) {
  const values = new URLSearchParams(text);
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || !("value" in control)) continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.getAll(control.name).includes(control.value);
    else if (values.has(control.name)) control.value = values.get(control.name);
  }
}

export function start_autosave() {
  const { draftKey } = document.body.dataset;
  let storage = null;
  try { storage = window.localStorage; } catch { /* a browser that keeps nothing */ }
  drafts = new Drafts(draftKey, storage, globalThis.crypto?.subtle);
  for (const form of document.querySelectorAll("form[data-autosave]")) attach(form);
  send_drafts();

  const every = (work) => { for (const form of forms) if (form.isConnected) work(savers.get(form), form); else forms.delete(form); };
  addEventListener("online", () => every((saver) => saver.save()));
  // What is kept already is sent by the next page: two at once would be two answers.
  addEventListener("pagehide", () => every((saver, form) => { if (!form.dataset.kept) saver.save(); }));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") every((saver, form) => { if (!form.dataset.kept) saver.save(); }); });
  addEventListener("beforeunload", (event) => {
    every((saver, form) => { if (saver.waiting && saver.troubled && !form.dataset.kept) event.preventDefault(); });
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-sign-out], [action='/sign-out']")) drafts.wipe(); });
}
