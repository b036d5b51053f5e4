// The page for the board: a lead prepares it, a trustee reads it and takes it along.
import assert from "node:assert/strict";
import { check_both, follow, look_round_as } from "../lib.mjs";

async function prepare({ window, scripts }) {
  const page = await window({ scripts });
  await look_round_as(page, "Rosa");
  await page.goto("/workbooks");
  await follow(page, page.locator(".k-card h2 a").first());
  await follow(page, page.locator("main a[href$='/board']"));
  await check_both(page);
  const words = await page.locator("main").innerText();
  assert.match(words, /What we ask of you[\s\S]*What we found[\s\S]*What we do about it/);
  for (const name of ["Rosa", "Walt", "Priya", "June"]) assert.ok(!(await page.locator(".k-board-steps td:nth-child(2)").allInnerTexts()).some((who) => who.includes(name)), `${name} stands on it`);
  await follow(page, page.locator("main a[href$='/board/edit']"));
  await check_both(page);
  const decision = page.locator("#f-decision_4");
  await page.locator("details", { has: decision }).locator("summary").click();
  await decision.fill("Let the clinic use the meeting room on Tuesdays.");
  await page.locator("#f-by_4").fill("2027-01-31");
  await page.locator("label[for^='stands-finding/']").first().click();
  await follow(page, page.locator("main form button[type=submit]").last());
  assert.match(await page.locator("main").innerText(), /Let the clinic use the meeting room on Tuesdays\.[\s\S]*Jan 31, 2027/);
  const found = await page.locator(".k-board-found li").count();
  // the trustee
  const dale = await window({ scripts, width: 320 });
  await look_round_as(dale, "Dale");
  await follow(dale, dale.locator("nav a[href='/board']"));
  await check_both(dale);
  await follow(dale, dale.locator("main .k-links a").first());
  assert.equal(await dale.locator(".k-board-found li").count(), found);
  assert.equal(await dale.locator("main a[href$='/board/edit']").count(), 0);
  await check_both(dale);
  const [download] = await Promise.all([dale.waitForEvent("download"), dale.locator("main a[href*='format=html']").click()]);
  assert.match(download.suggestedFilename(), /\.html$/);
  // as it was
  await follow(page, page.locator("main a[href$='/board/edit']"));
  await page.locator("#f-decision_4").fill("");
  await page.locator("#f-by_4").fill("");
  await page.locator("label[for^='stands-finding/']").first().click();
  await follow(page, page.locator("main form button[type=submit]").last());
  assert.equal(await page.locator(".k-board-found li").count(), found + 1);
}

export const journeys = {
  "Rosa prepares the page for the board, and Dale reads it on his phone": ({ window }) => prepare({ window, scripts: true }),
  "the page for the board without scripts": ({ window }) => prepare({ window, scripts: false }),
};
