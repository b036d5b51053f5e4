// Colours: contrast after WCAG 2.2, and the exchange of a compiled style sheet's colours for custom properties.

// Relative luminance of "#rrggbb" (WCAG 2.2, definition of "relative luminance").
export function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Contrast ratio of two colours, 1 to 21.
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

// The three palettes by the reader's settings, each whole.
export function palettes(tokens) {
  const { light, dark, contrast: more } = tokens;
  return { light, dark, "light, more contrast": { ...light, ...more.light }, "dark, more contrast": { ...dark, ...more.dark } };
}

// The custom properties of all palettes, by the reader's settings. Paper is always light: it is printed on.
export function properties(tokens) {
  const block = (colors) => Object.entries(colors).map(([name, hex]) => `--k-${name}:${hex}`).join(";");
  const { light, dark, contrast: more } = tokens;
  return `:root{color-scheme:light;${block(light)}}`
    + `@media screen and (prefers-contrast:more){:root{${block(more.light)}}}`
    + `@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${block(dark)}}}`
    + `@media screen and (prefers-color-scheme:dark) and (prefers-contrast:more){:root{${block(more.dark)}}}`;
}

const kNames = { white: "#ffffff", black: "#000000" };

// `css` with every colour that is a token replaced by its custom property; `others` names the token for those that the
// design system writes on its own. Throws, naming them, when any are left: such a colour would not follow the reader's settings.
export function withProperties(css, light, others = {}) {
  const by_hex = new Map();
  for (const [name, hex] of Object.entries(light)) {
    if (by_hex.has(hex)) throw new Error(`tokens.json: ${name} and ${by_hex.get(hex)} have the same colour, so they can't be told apart`);
    by_hex.set(hex, name);
  }
  const strangers = new Set();
  const replaced = css.replace(/(url\([^)]*\)|\[[^\]]*\]|\.[\w-]+|--[\w-]+)|(#[0-9a-f]{3,8}\b|\b(?:white|black)\b(?=[;},! )]))/gi, (all, skip, color) => {
    if (skip) return all;
    let hex = (kNames[color.toLowerCase()] ?? color).toLowerCase();
    if (hex.length === 4) hex = "#" + [...hex.slice(1)].map((c) => c + c).join("");
    const name = by_hex.get(hex) ?? others[hex];
    if (!name) { strangers.add(color); return all; }
    return `var(--k-${name})`;
  });
  if (strangers.size) throw new Error(`the style sheet has colours that are not in tokens.json: ${[...strangers].join(", ")}`);
  return replaced;
}
