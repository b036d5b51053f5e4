// Says to who hears the page what changed by itself.

let last = 0;

export function announce(words) {
  const place = document.querySelector("[data-announce]");
  if (!place || !words) return;
  place.textContent = "";
  clearTimeout(last);
  last = setTimeout(() => { place.textContent = words; }, 100);  // a text that is the same again is said again
}
