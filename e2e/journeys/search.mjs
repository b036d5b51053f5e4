// Looking for words from any page: what is found, nothing where nothing is, and no word in an address or a title.
import assert from "node:assert/strict";
import { by_keys, by_pointer, check_both, follow, look_round_as, speak } from "../lib.mjs";

async function look_for(page, words, hand) {
  const box = page.locator("#find, #f-words").first();
  await hand.fill(page, box, words);
  await follow(page, page.locator("form[action='/search'] button[type=submit]").first(), hand);
  assert.doesNotMatch(page.url() + await page.title(), new RegExp(words.split(" ")[0], "i"), "the words stand where a browser keeps them");
}

async function search({ window, scripts, width, hand = by_pointer }) {
  const page = await window({ scripts, width });
  await look_round_as(page, "Rosa");
  await page.goto("/actions");
  await look_for(page, "clinic", hand);
  const hits = page.locator(".k-hits > li");
  const count = await hits.count();
  assert.ok(count > 1, "the example speaks of a clinic");
  assert.match(await page.locator(".k-hits mark").first().innerText(), /clinic/i);
  await check_both(page);
  const kind = page.locator(".k-kinds a:not([aria-current])").last();
  await follow(page, kind, hand);
  assert.ok(await hits.count() <= count);
  await check_both(page);
  await follow(page, page.locator(".k-hits h3 a").first(), hand);
  await page.goBack();
  assert.ok(await hits.count() > 0, "going back shows the hits again");
  await look_for(page, "clinnic", hand);
  if (await hits.count() === 0) {
    await check_both(page);
    await follow(page, page.locator("section[aria-labelledby=nothing] a").first(), hand);
    assert.ok(await hits.count() > 0, "the word that was meant is found");
  }
  await look_for(page, "zzyzx", hand);
  assert.equal(await hits.count(), 0);
  await check_both(page);
}

export const journeys = {
  "Rosa looks for words": ({ window }) => search({ window, scripts: true, width: 1280 }),
  "a search on a phone": ({ window }) => search({ window, scripts: true, width: 320 }),
  "a search without scripts": ({ window }) => search({ window, scripts: false, width: 320 }),
  "a search by keys alone": ({ window }) => search({ window, scripts: true, width: 1280, hand: by_keys }),
  "a trustee finds what the board may read, in Spanish": async ({ window }) => {
    const page = await window({ width: 320, language: "es" });
    await look_round_as(page, "Dale");
    await speak(page, "es");
    await look_for(page, "rosa", by_pointer);
    assert.ok(await page.locator(".k-hits > li").count() > 0);
    assert.equal(await page.locator(".k-hits a[href^='/directory'], .k-hits a[href^='/workbooks'][href*='/sections/']").count(), 0);
    await check_both(page);
  },
};
