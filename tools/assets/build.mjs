// Builds what pages are dressed with into one folder: one style sheet, the scripts, the type faces and the icons, each
// beside its .br and .gz, and manifest.json (name to content hash, for ETag and ?v=).
// usage: node build.mjs FOLDER
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync, renameSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as sass from "sass";
import subset_font from "subset-font";
import { bundle } from "./bundle.mjs";
import { properties, withProperties } from "./colors.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const assets = join(root, "assets");
const packages = join(root, "node_modules");
const tokens = JSON.parse(readFileSync(join(assets, "tokens.json"), "utf8"));

// The colours as a Sass module, so that tokens.json is the only place that says them.
const tokens_module = {
  canonicalize: (url) => (url === "kedge-tokens" ? new URL("kedge:tokens") : null),
  load: () => ({ syntax: "scss", contents: Object.entries(tokens.light).map(([name, hex]) => `$${name}: ${hex};`).join("\n") }),
};

export function style_sheet() {
  const compile = (file) => sass.compile(join(assets, "styles", file), {
    style: "compressed",
    importers: [tokens_module],
    loadPaths: [join(packages, "@uswds", "uswds", "packages")],
    quietDeps: true,
    charset: false,
    logger: sass.Logger.silent,
  }).css;
  // The design system declares the type faces of its theme in all their weights; ours are declared in _base.scss.
  const system = withProperties(compile("system.scss").replace(/@font-face\{[^}]*\}/g, ""), tokens.light, tokens.of_the_design_system);
  return `@charset "utf-8";${properties(tokens)}${system}${compile("kedge.scss")}`;
}

// What a page needs that stands alone, type faces within.
export function document_sheet(faces) {
  const compiled = sass.compile(join(assets, "styles", "document.scss"), { style: "compressed", importers: [tokens_module], charset: false, logger: sass.Logger.silent }).css;
  const within = compiled.replace(/url\("?\/assets\/(fonts\/[\w-]+\.woff2)"?\)/g, (_, name) => `url(data:font/woff2;base64,${faces.get(name).toString("base64")})`);
  return `${properties(tokens)}${within}`;
}

// Latin with Spanish, the typographic signs of our catalogues and nothing else.
const kLetters = [
  ...Array.from({ length: 0x7e - 0x20 + 1 }, (_, at) => String.fromCodePoint(0x20 + at)),
  ...Array.from({ length: 0xff - 0xa0 + 1 }, (_, at) => String.fromCodePoint(0xa0 + at)),
  ..."ŒœŠšŽžŸ–—‘’‚“”„†•…‰‹›€™−→←↑↓✓",
].join("");

const kFaces = [
  ["public-sans/PublicSans-Regular.woff2", "public-sans-400.woff2"],
  ["public-sans/PublicSans-Bold.woff2", "public-sans-700.woff2"],
  ["merriweather/Latin-Merriweather-Bold.woff2", "merriweather-700.woff2"],
];

async function faces() {
  const folder = join(packages, "@uswds", "uswds", "dist", "fonts");
  return Promise.all(kFaces.map(async ([from, to]) =>
    [`fonts/${to}`, await subset_font(readFileSync(join(folder, from)), kLetters, { targetFormat: "woff2" })]));
}

function every_file(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? every_file(path) : [path];
  }).sort();
}

// Type faces are compressed already.
const kCompressed = /\.(css|js|svg|json|webmanifest)$/;

function write(folder, name, bytes) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  if (!kCompressed.test(name)) return;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

export async function build(folder) {
  const type_faces = await faces();
  const files = [["kedge.css", Buffer.from(style_sheet())], ...type_faces, ["document.css", Buffer.from(document_sheet(new Map(type_faces)))]];
  for (const script of ["kedge.js", "live-worker.js"]) files.push([script, Buffer.from(bundle(join(assets, "scripts", script)))]);
  const drawn = new Set([...files[0][1].toString().matchAll(/url\("?\/assets\/([\w/-]+\.svg)"?\)/g)].map(([, name]) => name));
  for (const name of drawn) if (!existsSync(join(assets, "images", name))) files.push([name, readFileSync(join(packages, "@uswds", "uswds", "dist", "img", name))]);
  for (const image of every_file(join(assets, "images"))) files.push([relative(join(assets, "images"), image), readFileSync(image)]);

  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const manifest = {};
  for (const [name, bytes] of files.sort(([a], [b]) => (a < b ? -1 : 1))) {
    write(fresh, name, bytes);
    manifest[name] = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  }
  writeFileSync(join(fresh, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  renameSync(fresh, folder);
  return manifest;
}

if (process.argv[1] && basename(process.argv[1]) === "build.mjs") {
  const folder = process.argv[2];
  if (!folder) { console.error("usage: node tools/assets/build.mjs FOLDER"); process.exit(2); }
  try {
    await build(folder);
  } catch (error) {
    console.error(`assets: ${error.message}`);
    process.exit(1);
  }
}
