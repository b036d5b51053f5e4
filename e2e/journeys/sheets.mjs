// Sheets of paper: a lead prints them, a scribe types one in, and its words stand among the shared answers.
import assert from "node:assert/strict";
import { check_both, follow, look_round_as, save } from "../lib.mjs";

async function type_in({ window, scripts }) {
  const page = await window({ scripts });
  await look_round_as(page, "Rosa");
  await page.goto("/workbooks");
  await follow(page, page.locator(".k-card h2 a").first());
  const book = new URL(page.url()).pathname;
  await follow(page, page.locator("main a[href$='/sheets']"));
  await page.locator("#f-count").fill("2");
  await follow(page, page.locator("main form.k-form button[type=submit]").last());
  assert.match(await page.locator("main").innerText(), /2 of 2 sheets are still missing/);
  await check_both(page);
  const codes = await page.locator("main .k-code").allInnerTexts();
  // the scribe, on the phone
  const scribe = await window({ scripts, width: 320 });
  await look_round_as(scribe, "June");
  await scribe.goto(`${book}/sheets`);
  assert.equal(await scribe.locator("#f-count").count(), 0, "a lead makes them");
  await check_both(scribe);
  await follow(scribe, scribe.locator("main table a[href*='/sections/']").first());
  await scribe.locator("#f-name").fill("Bea from the Saturday desk");
  await follow(scribe, scribe.locator("form[action*='/name'] button"));
  while (!scribe.url().endsWith("/sections/anchor")) await follow(scribe, scribe.locator(".k-ending a.usa-button"));
  const form = scribe.locator("form[action*='/prompts/anchor.together']");
  await form.locator("textarea").first().fill("A shelf of warm coats by the door.");
  await save(scribe, form);
  await check_both(scribe);
  await follow(scribe, scribe.locator("form[action$='/typed'] button"));
  assert.match(await scribe.locator("main").innerText(), /Typed in[\s\S]*Missing/);
  // the lead reads it beside the others
  await page.goto(`${book}/sections/anchor`);
  assert.match(await page.locator("#card-anchor\\.together").innerText(), /Bea from the Saturday desk[\s\S]*A shelf of warm coats/);
  await page.goto(`${book}/sheets`);
  for (const code of codes) await follow(page, page.locator("main tr", { hasText: code }).locator("form[action$='/removal'] button"));
  await page.goto(`${book}/sections/anchor`);
  assert.doesNotMatch(await page.locator("#card-anchor\\.together").innerText(), /warm coats/);
}

export const journeys = {
  "Rosa makes sheets of paper, and June types one in on her phone": ({ window }) => type_in({ window, scripts: true }),
  "sheets of paper without scripts": ({ window }) => type_in({ window, scripts: false }),
};
