// Every page of e2e/pages.json in both languages at 320 and 1280 pixels: looked at, pictured, and its HTML checked once by vnu.
// Writes build/contact-sheet/index.html and sheet.png, prints what is wrong, and exits 1 when anything is or a page is missing.
// usage: node e2e/contact-sheet.mjs [PART OF A PAGE'S NAME]
//
// pages.json: [{"name": "a section", "as": "Rosa", "path": "/workbooks", "follow": ["a.usa-button", "Next"], "status": 200}]
//   as      a part of a "Look round as ..." button; left out: nobody is signed in
//   path    where it begins; follow: then these are followed, each a CSS selector of a link or button (or ["text=Words"])
//   folded  true: rows that open are opened before the picture
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check_html, look_at, look_round_as, open_window, root, speak, start_browser, start_server } from "./lib.mjs";

const out = join(root, "build", "contact-sheet");
const kWidths = [320, 1280];
const kLanguages = ["en", "es"];
const wanted = process.argv[2] ?? "";
const pages = JSON.parse(readFileSync(join(root, "e2e", "pages.json"), "utf8")).filter(({ name }) => name.includes(wanted));

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "html"), { recursive: true });
mkdirSync(join(out, "pictures"), { recursive: true });

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const file_of = (...parts) => parts.join("-").replace(/[^a-z0-9]+/gi, "-").toLowerCase();

async function arrive(page, { path, follow = [], status = 200 }) {
  const answer = await page.goto(path);
  if (!follow.length && answer.status() !== status) throw new Error(`${path} answered ${answer.status()}, not ${status}`);
  for (const step of follow) {
    const target = page.locator(step).first();
    if (!await target.count()) throw new Error(`there is no ${step} on ${new URL(page.url()).pathname}`);
    await Promise.all([page.waitForLoadState("load"), target.click()]);
    await page.waitForLoadState("load");
  }
}

const shots = [];
const wrong = [];

async function visit(page, one, language) {
  page.expects = one.status >= 400 ? [one.status] : [];
  await arrive(page, one);
  const html = await page.content();
  const name = file_of(one.name, language);
  writeFileSync(join(out, "html", `${name}.html`), `<!doctype html>\n${html.replace(/^<!doctype html>/i, "")}`);
  for (const width of kWidths) {
    await page.setViewportSize({ width, height: 900 });
    for (const problem of await look_at(page)) wrong.push(`${one.name}, ${language}, ${width}: ${problem}`);
    const picture = `pictures/${file_of(one.name, language, width)}.png`;
    await page.screenshot({ path: join(out, picture), fullPage: true });
    shots.push({ name: one.name, language, width, picture, url: new URL(page.url()).pathname });
  }
}

const server = await start_server();
const browser = await start_browser();
try {
  for (const language of kLanguages) {
    for (const as of new Set(pages.map((one) => one.as ?? ""))) {
      const page = await open_window(browser, server, { language });
      if (as) await look_round_as(page, as);
      await speak(page, language);
      for (const one of pages.filter((each) => (each.as ?? "") === as)) {
        try { await visit(page, one, language); } catch (error) { wrong.push(`${one.name}, ${language}: ${error.message.split("\n")[0]}`); page.trouble = []; }
      }
      await page.context().close();
    }
  }
  wrong.push(...check_html(join(out, "html")).map((line) => `vnu ${line}`));
  const names = [...new Set(shots.map(({ name }) => name))];
  writeFileSync(join(out, "index.html"), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>body{font:14px sans-serif;margin:16px;background:#eee}section{display:flex;gap:12px;align-items:flex-start;margin:0 0 24px}figure{margin:0;background:#fff;padding:6px}img{display:block;max-height:900px;object-fit:cover;object-position:top}.w320 img{width:160px}.w1280 img{width:480px}</style><h1>${names.length} pages</h1>${
    names.map((name) => `<h2>${escaped(name)}</h2><section>${shots.filter((shot) => shot.name === name).map((shot) => `<figure class="w${shot.width}"><a href="${shot.picture}"><img src="${shot.picture}" alt=""></a><figcaption>${shot.language} ${shot.width} ${escaped(shot.url)}</figcaption></figure>`).join("")}</section>`).join("")}`);
  const sheet = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  await sheet.goto(`file://${join(out, "index.html")}`);
  await sheet.screenshot({ path: join(out, "sheet.png"), fullPage: true }).catch(() => wrong.push("the sheet is too long for one picture"));
} finally {
  await browser.close();
  await server.stop();
}

for (const line of wrong) console.log(line);
console.log(`contact sheet: ${new Set(shots.map(({ name }) => name)).size} of ${pages.length} pages, ${shots.length} pictures, ${wrong.length} wrong (build/contact-sheet/index.html)`);
process.exit(wrong.length ? 1 : 0);
