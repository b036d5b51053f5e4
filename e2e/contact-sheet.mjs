// Every page of e2e/pages.json in both languages at 320 and 1280 pixels: looked at, pictured, and the HTML that was sent checked
// once by vnu.
// Writes build/contact-sheet/index.html and sheet.png, prints what is wrong, and exits 1 when anything is or a page is missing.
// usage: node e2e/contact-sheet.mjs [PART OF A PAGE'S NAME]
//
// pages.json: [{"name": "a section", "route": "/workbooks/{id}/sections/{section}", "as": "Rosa", "path": "/workbooks", "follow": ["a.usa-button"]}]
//   route   the route that answers with it ("POST /found" where it is the answer to a form); tests/documentation.mjs holds them
//           against all that there are. {"route": "/live", "no_picture": "why"}: one that answers with no page
//   as      a part of a "Look around as ..." button; "own": the lead of a library that has only just been founded, and has nobody
//           else; left out: nobody is signed in
//   shows   what stands on it, CSS; expects: words or numbers of errors that the console may name
//   own_words: most of it is what people wrote, in the language that is theirs; that it is another than the page's is no mistake
//   path    where it begins; status: what it answers, 200 when not said; alone: in a window of its own, so that it may sign out
//   follow  then these steps:
//     "a.usa-button"                             a link or button is clicked (CSS, or text=Words)
//     {"fill": "#f-name", "with": "Ada"}         a field is filled
//     {"submit": "form", "with": {"version": 0}} a form goes as a browser without checks would send it; nothing is asked of it
//     {"file": "#file", "size": 9000000}         a file of so many bytes is chosen
//     {"keep": ".k-code"}, {"go": "/join/{kept}"}  what a page shows once is kept, and used in an address; {here}: the id in the address
//     {"leave": true}                            whoever was signed in is not any more
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { add_library, check_html, look_at, look_round_as, open_window, root, sign_in, speak, start_browser, start_server } from "./lib.mjs";

const out = join(root, "build", "contact-sheet");
const kWidths = [320, 1280];
const kLanguages = ["en", "es"];
const wanted = process.argv[2] ?? "";
const pages = JSON.parse(readFileSync(join(root, "e2e", "pages.json"), "utf8")).filter(({ name }) => name?.includes(wanted));

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "html"), { recursive: true });
mkdirSync(join(out, "pictures"), { recursive: true });

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const file_of = (...parts) => parts.join("-").replace(/[^a-z0-9]+/gi, "-").toLowerCase();

const fits = (route, path) => new RegExp(`^${route.replace(/^[A-Z]+ /, "").replace(/\{\w+\}/g, "[^/]+")}$`).test(path);

async function submit(page, { submit, with: fields = {} }) {
  await page.locator(submit).first().evaluate((form, values) => {
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    HTMLFormElement.prototype.submit.call(form);
  }, fields);
}

async function step_on(page, step, kept) {
  if (step.fill) return page.locator(step.fill).first().fill(step.with);
  if (step.file) return page.locator(step.file).evaluate((input, size) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([" ".repeat(size)], "workbook.json", { type: "application/json" }));
    input.files = chosen.files;
  }, step.size);
  if (step.keep) return void (kept.kept = await page.locator(step.keep).first().innerText());
  if (step.leave) return page.context().clearCookies();
  if (step.go) return page.goto(step.go.replace(/\{kept\}/, kept.kept).replace(/\{here\}/, /[0-9a-f-]{36}/.exec(page.url())?.[0]));
  const target = page.locator(step.submit ?? step).first();
  if (!await target.count()) throw new Error(`there is no ${step.submit ?? step} on ${new URL(page.url()).pathname}`);
  await Promise.all([page.waitForNavigation({ timeout: 30000 }), step.submit ? submit(page, step) : target.click()]);
}

async function arrive(page, { path, follow = [], status = 200, route, shows }) {
  let answer;  // the last document that the server sent
  const heard = (one) => { if (one.request().isNavigationRequest() && one.status() !== 303) answer = one; };
  page.on("response", heard);
  const kept = {};
  await page.goto(path);
  for (const step of follow) { await step_on(page, step, kept); await page.waitForLoadState("load"); }
  page.off("response", heard);
  const here = new URL(page.url()).pathname;
  if (answer?.status() !== status) throw new Error(`${here} answered ${answer?.status()}, not ${status}`);
  if (!fits(route, here)) throw new Error(`${here} is not ${route}`);
  if (shows && !await page.locator(shows).count()) throw new Error(`${shows} is not on ${here}`);
  return answer.body();
}

const shots = [];
const wrong = [];

async function visit(page, one, language) {
  page.expects = [...(one.expects ?? []), ...(one.status >= 400 ? [one.status] : [])];
  const sent = await arrive(page, one);
  // As it was sent: what the browser holds is mended already, and what its scripts have added is not the server's.
  writeFileSync(join(out, "html", `${file_of(one.name, language)}.html`), sent);
  for (const width of kWidths) {
    await page.setViewportSize({ width, height: 900 });
    const with_axe = (language === "en") === (width === 320);  // sees each language and each width once
    for (const problem of await look_at(page, { with_axe })) wrong.push(`${one.name}, ${language}, ${width}: ${problem}`);
    const picture = `pictures/${file_of(one.name, language, width)}.png`;
    await page.screenshot({ path: join(out, picture), fullPage: true, timeout: 60000 });
    shots.push({ name: one.name, language, width, picture, url: new URL(page.url()).pathname });
  }
}

const email_of = (language) => `lead@${language}.example`;

async function window_of(browser, server, as, language) {
  const page = await open_window(browser, server, { language });
  if (as === "own") await sign_in(page, email_of(language));
  else if (as) await look_round_as(page, as);
  await speak(page, language);
  return page;
}

async function visit_all(browser, server, language) {
  add_library(server, language === "es" ? "Biblioteca de Mill Pond" : "Mill Pond Library", "Mo", email_of(language));
  for (const as of new Set(pages.map((one) => one.as ?? ""))) {
    const shared = await window_of(browser, server, as, language);
    for (const one of pages.filter((each) => (each.as ?? "") === as)) {
      const page = one.alone ? await window_of(browser, server, as, language) : shared;
      try { await visit(page, one, language); } catch (error) { wrong.push(`${one.name}, ${language}: ${error.message.split("\n")[0]}`); page.trouble = []; }
      if (one.alone) await page.context().close();
    }
    await shared.context().close();
  }
}

const server = await start_server();
const browser = await start_browser();
try {
  for (const name of ["East Fork Library", "West Fork Library"]) add_library(server, name, "Olga", "olga@fork.example");
  await Promise.all(kLanguages.map((language) => visit_all(browser, server, language)));  // two pages at a time
  const free = pages.filter((one) => one.own_words).flatMap(({ name }) => kLanguages.map((language) => `${file_of(name, language)}.html:`));
  const of_theirs = (line) => line.includes("appears to be written in") && free.some((file) => line.startsWith(file));
  wrong.push(...check_html(join(out, "html")).filter((line) => !of_theirs(line)).map((line) => `vnu ${line}`));
  const names = [...new Set(shots.map(({ name }) => name))];
  writeFileSync(join(out, "index.html"), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>body{font:14px sans-serif;margin:16px;background:#eee}section{display:flex;gap:12px;align-items:flex-start;margin:0 0 24px}figure{margin:0;background:#fff;padding:6px}img{display:block;max-height:480px;object-fit:cover;object-position:top}.w320 img{width:120px}.w1280 img{width:320px}</style><h1>${names.length} pages</h1>${
    names.map((name) => `<h2>${escaped(name)}</h2><section>${shots.filter((shot) => shot.name === name).map((shot) => `<figure class="w${shot.width}"><a href="${shot.picture}"><img src="${shot.picture}" alt=""></a><figcaption>${shot.language} ${shot.width} ${escaped(shot.url)}</figcaption></figure>`).join("")}</section>`).join("")}`);
  const sheet = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  await sheet.goto(`file://${join(out, "index.html")}`);
  await sheet.screenshot({ path: join(out, "sheet.png"), fullPage: true, timeout: 120000 }).catch(() => wrong.push("the sheet is too long for one picture"));
} finally {
  await browser.close();
  await server.stop();
}

for (const line of wrong) console.log(line);
console.log(`contact sheet: ${new Set(shots.map(({ name }) => name)).size} of ${pages.length} pages, ${shots.length} pictures, ${wrong.length} wrong (build/contact-sheet/index.html)`);
process.exit(wrong.length ? 1 : 0);
