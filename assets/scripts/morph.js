// Brings one element up to date with a fresh copy of it and touches only what differs: focus, selection, open rows and
// what somebody is typing stay.
import { unsaved, value_of } from "./forms.js";

// A form stays as it is while something in it is not saved, or when the fresh copy is older than it.
function held(form, fresh) {
  if (unsaved(form)) return true;
  const [mine, theirs] = [value_of(form, "version"), fresh.querySelector?.("[name=version]")?.value ?? ""];
  return mine !== "" && theirs !== "" && Number(theirs) < Number(mine);
}

// Secrets and keys differ in every copy without anything being new.
const is_key = (node) => node.localName === "input" && (node.name === "csrf" || node.name === "once");

function attributes(old, fresh) {
  for (const { name, value } of [...fresh.attributes]) if (old.getAttribute(name) !== value && !kept(old, name)) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !kept(old, name)) old.removeAttribute(name);
}
// The words "saved just now" stay until the answer is another one.
const still_saved = (sign, fresh) => sign.dataset.state === "saved" && sign.dataset.version === fresh.closest("form")?.querySelector("[name=version]")?.value;
// What the reader or a script has set.
const kept = (element, name) => (element.localName === "details" && name === "open") || (element.localName === "form" && name === "autocomplete")
  || name === "data-kept" || name === "data-live-held";

// The server keeps texts without the space at their ends. Whoever pauses after a space or a line break is not done: under the
// cursor only other words replace what stands there.
const bare = (text) => text.replace(/\r\n/g, "\n").replace(/[ \t]+(?=\n|$)/g, "").trim();
const still_typing = (old, fresh) => document.activeElement === old && "selectionStart" in old && bare(old.value) === bare(fresh.value);

function control(old, fresh) {
  if (old.type === "checkbox" || old.type === "radio") old.checked = fresh.defaultChecked;
  else if (old.localName === "select") old.value = fresh.value;
  else if (old.type !== "file" && old.value !== fresh.value && !still_typing(old, fresh)) {
    const here = document.activeElement === old && old.selectionStart !== null;
    const [start, end] = here ? [old.selectionStart, old.selectionEnd] : [];
    old.defaultValue = fresh.defaultValue;
    old.value = fresh.value;
    if (here) old.setSelectionRange(Math.min(start, old.value.length), Math.min(end, old.value.length));
  }
}

const kControls = new Set(["input", "textarea", "select"]);
const is_like = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");

const is_new_row = (node) => node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-new-row");

function children(old, fresh, waiting) {
  let here = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    let match = here && is_like(here, next) ? here : null;
    // an empty row that nothing was kept of stays the one it is: every copy of the page brings another
    if (!match && is_new_row(next)) match = [...old.childNodes].find((node) => is_new_row(node) && ![...fresh.childNodes].some((other) => is_like(node, other))) ?? null;
    if (!match && next.id) match = [...old.childNodes].find((node) => is_like(node, next)) ?? null;
    if (!match) { old.insertBefore(next.cloneNode(true), here); continue; }
    // What stands between is gone in the fresh copy; a match further down is reached by removing it.
    while (here && here !== match) { const gone = here; here = here.nextSibling; if (stays(gone, fresh, waiting)) continue; gone.remove(); }
    here = match.nextSibling;
    if (is_like(match, next)) one(match, next, waiting);
  }
  while (here) { const gone = here; here = here.nextSibling; if (!stays(gone, fresh, waiting)) gone.remove(); }
}

// Never removes what somebody is typing in, nor what only moved.
function stays(node, fresh, waiting) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.id && [...fresh.childNodes].some((next) => is_like(node, next))) return true;
  const forms = node.matches("form") ? [node] : [...node.querySelectorAll("form")];
  const held_here = forms.some(unsaved);
  if (held_here) waiting.push(node);
  return held_here;
}

function one(old, fresh, waiting) {
  if (old.nodeType !== Node.ELEMENT_NODE) { if (old.data !== fresh.data) old.data = fresh.data; return; }
  if (is_key(old) || old.isEqualNode(fresh) && !kControls.has(old.localName) && old.localName !== "form" && !old.querySelector("form")) return;
  if (old.localName === "form" && held(old, fresh)) { if (unsaved(old)) waiting.push(old); return; }
  if (old.hasAttribute("data-saved") && still_saved(old, fresh)) return;
  if (kControls.has(old.localName)) { attributes(old, fresh); control(old, fresh); if (old.localName !== "select") return; }
  else attributes(old, fresh);
  children(old, fresh, waiting);
}

// The forms that were left as they are because something in them is not saved.
export function morph(old, fresh) {
  const waiting = [];
  one(old, fresh, waiting);
  return waiting;
}

