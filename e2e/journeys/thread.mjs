// The golden thread: from what a closed list says to a finding, to an action, and back; from an answer straight to an action.
import assert from "node:assert/strict";
import { by_keys, by_pointer, check_page, follow, look_round_as } from "../lib.mjs";

async function section(page, at) {
  await page.goto("/workbooks");
  await page.locator(".k-card h2 a").first().click();
  await page.locator(".k-overview > li").nth(at).locator("h2 a").click();
  await page.waitForLoadState();
}

// Band, finding, action, and the way back, with links and buttons alone.
async function from_band_to_action(page, hand) {
  const press = (target) => hand.press(page, target);
  await look_round_as(page, "June");
  await section(page, 3);
  const row = page.locator(".k-marks tr", { has: page.locator("a[href*='/bands/praise/']") });
  await press(row.locator("a[href*='/bands/praise/']").first());
  await page.waitForURL(/\/bands\/praise\/finding/);
  const proposed = await page.locator("#statement").inputValue();
  assert.match(proposed, /(few or none|some|most or all) of us/, "the sentence is proposed in words");
  await check_page(page);
  await hand.fill(page, page.locator("#statement"), "A word of thanks would carry us");
  await press(page.locator("main form .usa-button[type=submit]").first());
  await page.waitForURL(/\/findings\/[0-9a-f-]{36}/);
  const finding = new URL(page.url()).pathname;
  assert.ok(await page.locator("#finding-thread", { hasText: proposed }).count(), "the finding says what it rests on");
  await press(page.locator("main a[href*='/actions/new']"));
  await page.waitForURL(/\/actions\/new/);
  assert.ok(await page.getByText("A word of thanks would carry us").count(), "the form says what the action comes from");
  await check_page(page);
  await hand.fill(page, page.locator("#f-step"), "A board for thanks in the staff room");
  await press(page.locator("main form[action='/actions'] .usa-button[type=submit]"));
  await page.waitForURL(/\/actions\/[0-9a-f-]{36}/);
  const action = new URL(page.url()).pathname;
  await press(page.locator(`main a[href="${finding}"]`));
  await page.waitForURL(new RegExp(finding));
  await press(page.locator("#finding-thread a[href*='#card-care.marks']"));
  await page.waitForURL(/sections\/care/);
  assert.ok(await page.locator(`.k-aside a[href="${finding}"]`).count() && await page.locator(`.k-aside a[href="${action}"]`).count(), "the section says what became of it");
}

export const journeys = {
  "June makes a finding of what the staff care list said, an action of the finding, and finds the way back by keys": async ({ window }) => {
    const page = await window();
    await from_band_to_action(page, by_keys);
  },

  "the same without scripts, and an action straight from what the team wrote": async ({ window }) => {
    const page = await window({ scripts: false });
    await from_band_to_action(page, by_pointer);
    await section(page, 2);
    const team = page.locator(".k-voice--team", { has: page.locator("a[href*='from_kind=answer']") }).first();
    const card = await page.locator(".k-card", { has: team }).first().getAttribute("id");
    await follow(page, team.locator("a[href*='from_kind=answer']").first());
    await check_page(page);
    await page.locator("#f-step").fill("A second bench by the window");
    await follow(page, page.locator("main form[action='/actions'] .usa-button[type=submit]"));
    assert.equal(await page.locator("main h1").innerText(), "A second bench by the window");
    await check_page(page);
    await follow(page, page.locator(`main a[href*='#${card}']`).first());
    assert.ok(await page.locator(".k-aside a", { hasText: "A second bench by the window" }).count(), "the section does not say what became of it");
  },
};
