// What a form holds, what of it is not saved yet.

const kHidden = new Set(["csrf", "once", "version", "shown"]);

export const secret = () => document.body.dataset.csrf ?? "";

// The fields that a person fills, as one text to compare.
export function typed(form) {
  return new URLSearchParams([...new FormData(form)].filter(([name, value]) => !kHidden.has(name) && typeof value === "string")).toString();
}

export function value_of(form, name) { return form.elements.namedItem(name)?.value ?? ""; }

export function put(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field && "value" in field) { field.value = value; field.defaultValue = value; }
}

function is_changed(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.localName === "select") {
    // Without a chosen option in the page, a browser shows the first one.
    const first = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(first, 0);
  }
  return "defaultValue" in control && control.type !== "hidden" && control.value !== control.defaultValue;
}

// Whether something typed here is not the server's yet.
export const unsaved = (form) => [...form.elements].some(is_changed);

// What stands in the form now is what the server has: `sent` is what it got, so that later keys stay unsaved.
export function settle(form, sent) {
  const values = new URLSearchParams(sent);
  const seen = new Map();
  for (const control of form.elements) {
    if (!control.name || kHidden.has(control.name)) continue;
    if (control.type === "checkbox" || control.type === "radio") { control.defaultChecked = values.getAll(control.name).includes(control.value); continue; }
    const at = seen.get(control.name) ?? 0;
    seen.set(control.name, at + 1);
    const value = values.getAll(control.name)[at] ?? "";
    if (control.localName === "select") for (const option of control.options) option.defaultSelected = option.value === value;
    else if ("defaultValue" in control && control.type !== "hidden") {
      // Changing the default of an untouched text area changes what it shows.
      const [now, start, end] = [control.value, control.selectionStart, control.selectionEnd];
      control.defaultValue = value.replace(/\r\n/g, "\n");
      if (control.value !== now) control.value = now;
      if (document.activeElement === control && start !== null && control.selectionStart !== start) control.setSelectionRange(start, end);
    }
  }
}

const fields_of = (form, name) => [...form.elements].filter((control) => control.name === name && control.type !== "hidden");

// What the server now has of the records that a row names, which may be more than was sent: a contact's number appears where
// nobody has typed since. `shown` goes with every save; it holds what the writer had before their eyes, and no more.
export function take_shown(form, sent, told) {
  if (!told) return;
  const values = new URLSearchParams(sent);
  const shown = JSON.parse(value_of(form, "shown") || "{}");
  for (const [name, value] of Object.entries(told)) {
    const [field] = fields_of(form, name);
    if (!field) continue;
    if (value !== (values.get(name) ?? "")) {
      if (field.value !== (values.get(name) ?? "") || field === document.activeElement) continue;
      put(form, name, value);
    }
    shown[name] = value;
  }
  put(form, "shown", JSON.stringify(shown));
}

// What is said inside a part that is folded away is seen once it is open.
export function unfold(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

// What is wrong, at the fields: {name: words}. Nothing takes all marks away.
export function mark_wrong(form, wrong = {}) {
  for (const sign of form.querySelectorAll("[data-wrong]")) sign.remove();
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "checkbox" || control.type === "radio") continue;
    const words = wrong[control.name];
    const error = `${control.id}-error`;
    const described = (control.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((id) => id && id !== error);
    document.getElementById(error)?.remove();
    control.closest(".k-field")?.classList.toggle("usa-form-group--error", !!words);
    control.classList.toggle("usa-input--error", !!words);
    if (words) {
      unfold(form);
      const sign = document.createElement("p");
      Object.assign(sign, { id: error, className: "usa-error-message", textContent: words });
      sign.dataset.wrong = "";
      control.before(sign);
      described.unshift(error);
      control.setAttribute("aria-invalid", "true");
    } else {
      control.removeAttribute("aria-invalid");
    }
    if (described.length) control.setAttribute("aria-describedby", described.join(" "));
    else control.removeAttribute("aria-describedby");
  }
}

// A key that makes repeating one sending harmless.
export function once_key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
