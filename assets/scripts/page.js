// Small helps: characters left, print, where the focus goes when a form came back.
import { unfold } from "./forms.js";

// How near a text is to its limit: characters left, and whether to say so. A short field says it for the last ten.
export function left_of(text, limit) {
  const left = limit - [...text.replace(/\r\n/g, "\n")].length;
  return { left, near: left <= (limit < 100 ? 10 : Math.max(20, limit * 0.1)), over: left < 0 };
}

function count(field) {
  const limit = Number(field.dataset.limit);
  const place = field.closest(".k-field, .usa-form-group")?.querySelector(".k-limit");
  if (!limit || !place) return;
  const { left, near, over } = left_of(field.value, limit);
  let sign = place.querySelector("[data-left]");
  if (!sign) { sign = document.createElement("b"); sign.dataset.left = ""; place.append(" ", sign); }
  sign.textContent = near ? `(${left})` : "";
  place.toggleAttribute("data-near", near && !over);
  place.toggleAttribute("data-over", over);
}

// A link to something that is folded away opens it.
function open_target() {
  let target = null;
  try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no name of anything */ }
  if (target) unfold(target);
}

export function start_page() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  open_target();
  addEventListener("hashchange", open_target);
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("input", ({ target }) => { if (target.dataset?.limit) count(target); });
  for (const field of document.querySelectorAll("[data-limit]")) count(field);
  // Paper shows what is folded away, in browsers that can't by style alone.
  addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll(":is(.k-row-entry, .k-fold, .k-more):not([open])")) { fold.open = true; fold.dataset.folded = ""; } });
  addEventListener("afterprint", () => { for (const fold of document.querySelectorAll("[data-folded]")) { fold.open = false; delete fold.dataset.folded; } });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") for (const menu of document.querySelectorAll("details.k-menu[open]")) menu.open = false; });
}
