// One screen in a room: one types for all, and nothing of one person alone is on it.
import assert from "node:assert/strict";
import { check_both, follow, look_round_as, save } from "../lib.mjs";

async function in_one_room({ window, scripts }) {
  const page = await window({ scripts });
  await look_round_as(page, "Rosa");
  await page.goto("/workbooks");
  await follow(page, page.locator(".k-card h2 a").first());
  const book = new URL(page.url()).pathname;
  await follow(page, page.locator("form[action='/room'] button"));
  assert.match(page.url(), /\/sections\//, "it goes on where the workbook is not complete");
  assert.equal(await page.locator("html.k-large .k-room").count(), 1);
  await page.goto(`${book}/sections/anchor`);
  assert.equal(await page.locator("form[action*='/personal']").count(), 0, "no private field");
  const form = page.locator("#form-team-anchor\\.together");
  await form.locator("textarea").first().fill("What we said in the room.");
  await save(page, form);
  assert.match(page.url(), /\/sections\/anchor/);
  assert.equal(await page.locator(".k-room").count(), 1, "saving stays in the room");
  await page.locator("#room-minutes").selectOption("5");
  await follow(page, page.locator("form[action='/room'] button"));
  const time = page.locator(".k-room__time");
  assert.match(await time.innerText(), scripts ? /Minutes left: 5/ : /This part ends at \d/);
  await check_both(page);
  await follow(page, page.locator(".k-ending a.usa-button"));
  assert.equal(await page.locator("form[action*='/personal']").count(), 0, "nor in the next section");
  await page.goto(`${book}/sections/care`);
  assert.match(await page.locator("#card-care\\.plan").innerText(), /Each of us answers this alone/);
  await check_both(page);
  await follow(page, page.locator("form[action='/room/end'] button"));
  await page.goto(`${book}/sections/anchor`);
  assert.ok(await page.locator("form[action*='/personal']").count() > 0);
  assert.equal(await page.locator("#form-team-anchor\\.together textarea").first().inputValue(), "What we said in the room.");
}

export const journeys = {
  "Rosa types for all on one screen in a room, with a time for each part": ({ window }) => in_one_room({ window, scripts: true }),
  "in one room without scripts": ({ window }) => in_one_room({ window, scripts: false }),
};
