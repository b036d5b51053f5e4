// Words that say by themselves what they are, and every form in which they might lie somewhere. A made-up bird stands for a
// class, so that one search finds all words of it, whoever wrote them.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, constants } from "node:zlib";

const kBirds = {
  private: "qzheron",     // for no other eyes, in no form, nowhere
  marked: "vjkestrel",    // comments in a box whose list says nothing
  said: "ypgoldcrest",    // comments in a box, told at its closing and not before
  taken_back: "xwmarten", // shared once, then taken back
  open: "kfwagtail",      // the team's: every search must find these where they belong
};
export const birds = Object.values(kBirds);
const kTails = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath"];
let number = 0;
const owners = new Map();
export function word(kind, owner = "") {
  const made = `${kBirds[kind]}${++number}${kTails[number % kTails.length]}`;
  owners.set(made, owner);
  return made;
}
// Whose words of a kind stand in a page, in clear.
export const owners_in = (kind, text) => [...new Set([...text.matchAll(new RegExp(`${kBirds[kind]}\\d+[a-z]{5}`, "g"))].map(([made]) => owners.get(made) ?? "nobody"))];

const base64_cores = (text) => [0, 1, 2].map((shift) => {
  const coded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString("base64");
  return coded.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + text.length) * 8) / 6) - 1);
});

// What to look for in bytes that are read as Latin-1. PostgreSQL's compression puts a control byte before every eighth letter.
function forms_of(text) {
  const hex = Buffer.from(text).toString("hex");
  const wide = [...text].join("\0");
  const split = [...text].slice(1).map((_, at) => text.slice(0, at + 1) + "[\\s\\S]" + text.slice(at + 1));
  return [
    ["plain", new RegExp(text, "i")],
    ["UTF-16", new RegExp(wide)],
    ["base64", new RegExp(base64_cores(text).join("|"))],
    ["hex", new RegExp(hex, "i")],
    ["split by a compressor", new RegExp(split.join("|"))],
  ];
}
const forms = Object.fromEntries(Object.entries(kBirds).map(([kind, bird]) => [kind, forms_of(bird)]));

// What is packed inside: each place that looks like the head of a zlib or gzip stream, as far as it can be read.
function* unpacked(bytes) {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 24 };
  for (let at = 0; at + 8 < bytes.length; ++at) {
    const [a, b] = [bytes[at], bytes[at + 1]];
    const gzip = a === 0x1f && b === 0x8b && bytes[at + 2] === 8;
    const zlib = a === 0x78 && (b === 0x01 || b === 0x5e || b === 0x9c || b === 0xda);
    if (!gzip && !zlib) continue;
    try { yield [gzip ? "gzip" : "zlib", (gzip ? gunzipSync : inflateSync)(bytes.subarray(at), options)]; } catch { /* it only looked like one */ }
  }
}

// Whole files that are one stream without a head.
function* as_a_whole(bytes) {
  if (bytes.length === 0 || bytes.length > 1 << 22) return;
  try { yield ["brotli", brotliDecompressSync(bytes, { maxOutputLength: 1 << 24 })]; } catch { /* no */ }
  try { yield ["deflate", inflateRawSync(bytes, { maxOutputLength: 1 << 24 })]; } catch { /* no */ }
}

function* looked_at(bytes) {
  yield ["", bytes];
  yield* unpacked(bytes);
  yield* as_a_whole(bytes);
}

const known = new WeakMap();  // the same bytes are looked through once, whoever asks

// Where words of a kind lie in these bytes: ["gzip plain: ...qzheron7delta..."]
export function found(kind, bytes) {
  if (!known.has(bytes)) {
    const all = Object.fromEntries(Object.keys(kBirds).map((one) => [one, []]));
    for (const [packing, inner] of looked_at(bytes)) {
      const text = inner.toString("latin1");
      for (const [one, patterns] of Object.entries(forms)) for (const [form, pattern] of patterns) {
        const match = pattern.exec(text);
        if (match) all[one].push(`${packing} ${form}`.trim() + `: ${text.slice(Math.max(0, match.index - 12), match.index + 30).replace(/[^ -~]/g, ".")}`);
      }
    }
    known.set(bytes, all);
  }
  return known.get(bytes)[kind];
}

// Secrets of another kind (tokens, passwords, keys): the bytes themselves, as hex and as base64 of either alphabet.
export function holds(bytes, secret) {
  const raw = Buffer.isBuffer(secret) ? secret : Buffer.from(secret);
  const inner = (text) => text.slice(0, -4);  // how it ends hangs on what follows
  return [raw, raw.toString("hex"), inner(raw.toString("base64url")), inner(raw.toString("base64"))].some((form) => form.length > 8 && bytes.includes(form));
}
