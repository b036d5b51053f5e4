// Again next year: a second workbook beside the old one.
import assert from "node:assert/strict";
import { check_both, follow, look_round_as } from "../lib.mjs";

async function open_again({ window, scripts }) {
  const page = await window({ scripts });
  await look_round_as(page, "Rosa");
  await page.goto("/workbooks");
  await page.locator("#title").fill("Next year");
  await follow(page, page.locator("form[action='/workbooks'] button[type=submit]"));
  const book = new URL(page.url()).pathname;
  const became = page.locator("section[aria-labelledby=before]");
  assert.equal(await became.locator("tbody tr").count(), 5, "what became of last year's actions");
  await check_both(page);
  await page.goto(`${book}/sections/anchor`);
  const then = page.locator("#before-team-anchor\\.serve");
  await page.locator("#team-anchor\\.serve > summary").click();
  await then.locator("summary").click();
  assert.match(await then.innerText(), /We are the place that is open and asks nothing/);
  assert.equal(await page.locator("#form-team-anchor\\.serve textarea").first().inputValue(), "", "it is read beside, not carried over");
  await check_both(page);
  await page.goto(book);
  const removal = page.locator(`form[action="${book}/removal"] button`);
  await follow(page, removal);  // others find one workbook again
}

export const journeys = {
  "Rosa opens a workbook again: last year's actions come first, its answers stand beside each question": ({ window }) => open_again({ window, scripts: true }),
  "the same without scripts": ({ window }) => open_again({ window, scripts: false }),
};
