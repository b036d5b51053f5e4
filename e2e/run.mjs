// Runs the journeys of e2e/journeys: each file exports `journeys`, an object of plain sentences and async functions of
// ({ browser, server, window }). Each file has a server of its own; a sentence that fails leaves a picture in build/e2e.
// usage: node e2e/run.mjs [PART OF A FILE NAME OR SENTENCE]
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { open_window, root, start_browser, start_server } from "./lib.mjs";

const kMostMs = Number(process.env.KEDGE_E2E_TIMEOUT_MS ?? 180000);
const wanted = process.argv[2] ?? "";
const folder = join(root, "e2e", "journeys");
const pictures = join(root, "build", "e2e");

const in_time = (work) => {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`took longer than ${kMostMs / 1000} s`)), kMostMs); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

async function walk(browser, server, name, journey) {
  const pages = [];
  const began = Date.now();
  const window = async (options) => { const page = await open_window(browser, server, options); pages.push(page); return page; };
  try {
    await in_time(journey({ browser, server, window }));
    for (const page of pages) if (page.trouble.length) throw new Error(page.trouble.join("\n  "));
    console.log(`ok      ${name} (${Math.round((Date.now() - began) / 1000)} s)`);
    return true;
  } catch (error) {
    console.log(`FAILED  ${name}\n  ${String(error.message).split("\n").slice(0, 20).join("\n  ")}`);
    mkdirSync(pictures, { recursive: true });
    for (const [at, page] of pages.entries())
      await page.screenshot({ path: join(pictures, `${name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}-${at}.png`), fullPage: true }).catch(() => {});
    return false;
  } finally {
    for (const page of pages) await page.context().close().catch(() => {});
  }
}

let passed = 0;
let failed = 0;
const files = readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort();
let browser;
try {
  browser = await start_browser();
  for (const file of files) {
    const { journeys, server_options = {} } = await import(pathToFileURL(join(folder, file)));
    const chosen = Object.entries(journeys).filter(([name]) => file.includes(wanted) || name.includes(wanted));
    if (!chosen.length) continue;
    const server = await start_server(server_options);
    try {
      for (const [name, journey] of chosen) (await walk(browser, server, name, journey)) ? ++passed : ++failed;
    } finally {
      await server.stop();
    }
  }
} catch (error) {
  console.log(`FAILED  ${error.message}`);
  ++failed;
} finally {
  await browser?.close();
}
if (!passed && !failed) { console.log(`FAILED  there is no journey${wanted ? ` with "${wanted}"` : ""}`); ++failed; }
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
