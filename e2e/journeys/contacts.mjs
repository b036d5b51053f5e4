// Contacts come as a table, are looked at line by line, and go along again; two records of one organization become one.
import assert from "node:assert/strict";
import { check_both, follow, look_round_as } from "../lib.mjs";

const kTable = "Name;Organization;Title;E-mail;Phone\nAda Ferris;Night Shelter of Harbor Grove;Director;ada@shelter.example;555 0142\nBo Lind;Night Shelter of Harbor Grove;;bo at shelter;\n";

async function bring_in({ window, scripts }) {
  const page = await window({ scripts });
  await look_round_as(page, "Rosa");
  await page.goto("/directory");
  await follow(page, page.locator("main a[href='/directory/bring']"));
  await check_both(page);
  await page.locator("#f-text").fill(kTable);
  await follow(page, page.locator("main form button[type=submit]").first());
  const seen = await page.locator("main").innerText();
  assert.match(seen, /Ada Ferris/);
  assert.match(await page.locator("section[aria-labelledby=wrong]").innerText(), /Bo Lind[\s\S]*@/, "the line whose address is none says so");
  await check_both(page);
  await page.goto("/directory");
  assert.doesNotMatch(await page.locator("main").innerText(), /Night Shelter/, "looking keeps nothing");
  await page.goto("/directory/bring");
  await page.locator("#f-text").fill(kTable);
  await follow(page, page.locator("main form button[type=submit]").first());
  await follow(page, page.locator(".k-ending button[type=submit]"));
  await page.goto("/directory");
  assert.match(await page.locator("main").innerText(), /Night Shelter of Harbor Grove/);
  const [table] = await Promise.all([page.waitForEvent("download"), page.locator("main a[href='/directory/contacts.csv']").click()]);
  assert.match(table.suggestedFilename(), /\.csv$/);
  // the same organization once more, with another spelling
  await page.goto("/directory/organizations/new");
  await page.locator("#f-name").fill("Harbor Grove Night Shelter");
  await follow(page, page.locator("main form.k-form button[type=submit]").last());
  await page.goto("/directory/duplicates");
  await check_both(page);
  await follow(page, page.locator("main a[href^='/directory/duplicates/']", { hasText: "Night Shelter" }).first());
  await check_both(page);
  await follow(page, page.locator("main form[action^='/directory/duplicates/']:not([action$='/apart']) button[type=submit]").first());
  await page.goto("/directory");
  assert.equal(await page.locator("main a", { hasText: "Night Shelter" }).count(), 1, "one of the two is left");
  // as it was
  await follow(page, page.locator("main a", { hasText: "Night Shelter" }));
  await follow(page, page.locator("main form[action$='/removal'] button").last());
  assert.equal(await page.locator("main a", { hasText: "Night Shelter" }).count(), 0);
}

export const journeys = {
  "Rosa brings contacts in from a table and makes two records one": ({ window }) => bring_in({ window, scripts: true }),
  "contacts without scripts": ({ window }) => bring_in({ window, scripts: false }),
};
