// A workbook taken along: PDF and docx come by themselves while a page says so, HTML and Markdown at once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { check_both, check_page, follow, look_round_as, speak } from "../lib.mjs";

async function whole_workbook(page) {
  await look_round_as(page, "June");
  await page.goto("/workbooks");
  await follow(page, page.locator(".k-card h2 a").first());
  await follow(page, page.locator("main a[href$='/page']"));
}

async function taken(page, work, name) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60000 }), work()]);
  assert.equal(download.suggestedFilename(), name);
  return readFileSync(await download.path());
}

async function take_along({ window, scripts }) {
  const page = await window({ scripts });
  await whole_workbook(page);
  await check_both(page);
  const at = page.url();
  for (const [format, begins] of [["pdf", "%PDF-"], ["docx", "PK"]]) {
    const bytes = await taken(page, () => page.locator(`main a[href$='format=${format}']`).click(), `spring-workbook.${format}`);
    assert.equal(bytes.subarray(0, begins.length).toString(), begins);
    assert.match(page.url(), /\/document\?/, "the page that waited stays");
    await follow(page, page.locator("main a.usa-button"));
    assert.equal(page.url().split("?")[0], at, "its button leads back");
  }
  const html = (await taken(page, () => page.locator("main a[href*='format=html']").click(), "spring-workbook.html")).toString();
  const words = (await taken(page, () => page.locator("main a[href*='format=md']").click(), "spring-workbook.md")).toString();
  for (const text of [html, words]) assert.ok(text.includes("We are the place that is open and asks nothing."));
  // opened from a folder it asks nothing of any other place
  const alone = await page.context().newPage();
  const asked = [];
  alone.on("request", (request) => { if (!request.url().startsWith("data:")) asked.push(request.url()); });
  await alone.setContent(html);
  assert.deepEqual(asked, []);
  assert.equal(await alone.locator("h1").innerText(), "Spring workbook");
  await alone.close();
}

async function take_actions_along({ window }) {
  const page = await window({ width: 320 });
  await look_round_as(page, "Dale");  // the board takes along what it may read
  await speak(page, "es");
  await page.goto("/actions?status=unfinished");
  await check_page(page);
  const html = (await taken(page, () => page.locator("main a[href*='format=html']").click(), "plan-de-accion.html")).toString();
  const rows = await page.locator("#action-list tbody th").allInnerTexts();
  assert.ok(rows.length > 0);
  for (const step of rows) assert.ok(html.includes(step), `${step} is not in it`);
  const words = (await taken(page, () => page.locator("main a[href*='format=md']").click(), "plan-de-accion.md")).toString();
  assert.equal(words.split("\n").filter((line) => line.startsWith("|")).length, rows.length + 2, "a table with the rows of the list");
}

// Two are made at a time; the third page asks again by itself.
async function take_all_at_once({ window }) {
  const pages = await Promise.all([window(), window(), window()]);
  for (const page of pages) await whole_workbook(page);
  const all = await Promise.all(pages.map((page) => taken(page, () => page.locator("main a[href$='format=pdf']").click(), "spring-workbook.pdf")));
  for (const bytes of all) assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
  const waited = await Promise.all(pages.map((page) => page.locator("main .k-note").count()));
  assert.deepEqual(waited.sort(), [0, 0, 1], "one was told that others come first");
}

export const journeys = {
  "June takes the workbook along as PDF, Word, web page and Markdown": ({ window }) => take_along({ window, scripts: true }),
  "the same without scripts": ({ window }) => take_along({ window, scripts: false }),
  "three ask for a PDF at once, and each gets one": take_all_at_once,
  "Dale of the board takes the unfinished actions along, in Spanish, on a phone": take_actions_along,
};
