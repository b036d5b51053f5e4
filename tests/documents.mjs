// Real documents of the example, read by programs that did not make them: the structure of the PDF by poppler, the words of the
// docx by LibreOffice.
// usage: node tests/documents.mjs
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const kedge = process.env.KEDGE_BINARY ?? join(root, "build", "release", "kedge");
const folder = mkdtempSync(join(tmpdir(), "kedge-documents-"));
let passed = 0;
let failed = 0;
let skipped = 0;

function check(what, ok, detail = "") {
  if (ok) { ++passed; return; }
  ++failed;
  console.log(`FAILED: ${what}${detail ? `: ${detail}` : ""}`);
}
function run(program, ...words) {
  const done = spawnSync(program, words, { encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, HOME: folder } });
  if (done.status !== 0) throw new Error(`${program} ${words.join(" ")}: ${done.stderr || done.error}`);
  return done.stdout;
}
const there = (program) => existsSync(`/usr/bin/${program}`);

// What a page says, word by word, its head left out; `hidden`: the elements whose words for who hears the page are left out too.
function words_of_html(html, hidden) {
  const apart = new RegExp(`<(${hidden})[^>]*class="[^"]*usa-sr-only[^"]*"[^>]*>[^<]*</\\1>`, "g");
  const body = html.slice(html.indexOf("<body")).replace(apart, " ");
  return words_of(body.replace(/<[^>]*>/g, " ").replace(/&amp;/g, "&").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&#39;/g, "'").replace(/&#\d+;/g, " "));
}
const words_of = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

// Where `all` does not go on in `other`, which may say more between: the head of a table is said again on each page.
function first_lost(all, other) {
  let at = 0;
  for (let index = 0; index < all.length; ++index) {
    at = other.indexOf(all[index], at) + 1;
    if (at === 0) return all.slice(Math.max(0, index - 20), index + 40);
  }
  return "";
}

// Where two lists of words part, in words.
function parting(one, other) {
  const at = one.findIndex((word, index) => word !== other[index]);
  if (at < 0 && one.length === other.length) return "";
  const from = Math.max(0, (at < 0 ? one.length : at) - 5);
  return `"${one.slice(from, from + 12).join(" ")}" became "${other.slice(from, from + 12).join(" ")}"`;
}

function make(format, ...options) {
  const file = join(folder, `page.${format}`);
  run(kedge, "guide", "print", "social-work-approaches", "--format", format, "--out", file, "--data", join(folder, "data"), ...options);
  return file;
}

try {
  run(kedge, "init", "--example", "--data", join(folder, "data"));
  const book = run("sqlite3", join(folder, "data", "kedge.db"), "SELECT id FROM workbook LIMIT 1").trim();
  const kinds = [["what the team wrote", ["--workbook", book]], ["a blank workbook", ["--workbook", book, "--blank"]], ["the page for the board", ["--workbook", book, "--board"]], ["a guide in Spanish and large print", ["--lang", "es", "--large"]]];
  for (const [name, options] of kinds) {
    const html = readFileSync(make("html", ...options), "utf8");
    const said = words_of_html(html, "span");  // a caption and a number before a row stand in a docx for everybody
    const on_two_sides = options.includes("--board");
    check(`${name} says something`, said.length > (on_two_sides ? 200 : 1000), `${said.length} words`);
    if (there("chromium") && there("bwrap") && there("pdfinfo")) {
      const pdf = make("pdf", ...options);
      const about = run("pdfinfo", pdf);
      check(`${name}: the PDF is tagged and titled`, /Tagged: +yes/.test(about) && /Title: +\S/.test(about), about);
      if (on_two_sides) check(`${name}: two sides of paper`, /Pages: +[12]\n/.test(about), about);
      check(`${name}: the PDF says its language`, readFileSync(pdf, "latin1").includes(`/Lang (${options.includes("es") ? "es" : "en"})`));
      const structure = run("pdfinfo", "-struct-text", pdf);
      for (const tag of ["H1", "H2", ...(on_two_sides ? [] : ["H3"]), "P (block)", "L (block)", "LI", "Table", "TH", "/Scope /Column", ...(options.includes("--workbook") && !options.includes("--blank") ? ["TD"] : [])]) check(`${name}: the PDF has ${tag}`, structure.includes(tag));
      check(`${name}: one heading of the first level`, structure.match(/^ *H1 /gm)?.length === 1);
      // poppler puts no space where a line ends
      const read = structure.split("\n").map((line) => line.trim()).filter((line) => line.startsWith("\"")).map((line) => line.slice(1, -1));
      const shown = words_of_html(html, "\\w+").join("");
      const tagged = words_of(read.join(" ")).join("");
      const lost = first_lost(shown, tagged);
      check(`${name}: what the page says is tagged, in its order`, lost === "" && tagged.length < shown.length * 1.02, lost || "much is tagged twice");
    } else { ++skipped; console.log(`skipped: ${name} as PDF: chromium, bubblewrap or poppler-utils is missing`); }
    if (there("pandoc") && there("bwrap") && there("soffice")) {
      const docx = make("docx", ...options);
      run("soffice", "--headless", `-env:UserInstallation=file://${join(folder, "office")}`, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, docx);
      const wrong = parting(said, words_of(readFileSync(join(folder, "page.txt"), "utf8")));
      check(`${name}: LibreOffice reads the words of the docx`, wrong === "", wrong);
    } else { ++skipped; console.log(`skipped: ${name} as docx: pandoc, bubblewrap or LibreOffice is missing`); }
  }
} catch (error) {
  ++failed;
  console.log(`FAILED: ${error.message}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
