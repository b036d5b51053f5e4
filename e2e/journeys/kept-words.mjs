// No word is lost: two devices, two people, a session that ends, a text that is too long, a number that somebody else wrote.
import assert from "node:assert/strict";
import { by_pointer, check_page, follow, look_round_as, speak } from "../lib.mjs";

const own_form = (page) => page.locator("#form-personal-anchor\\.serve");
const team_form = (page) => page.locator("#form-team-anchor\\.serve");
const text_of = (form) => form.locator("textarea").first();
const saved = (form) => form.locator("[data-saved][data-state=saved]").waitFor();

// The section that asks a prompt.
async function open_prompt(page, prompt) {
  await page.goto("/workbooks");
  const book = new URL(await page.locator(".k-card h2 a").first().evaluate((link) => link.href)).pathname;
  await page.goto(`${book}/prompts/${prompt}`);
  await page.waitForLoadState();
}

async function as(window, who, options) {
  const page = await window(options);
  page.expects = [409];
  await look_round_as(page, who);
  if (options?.language === "es") await speak(page, "es");
  await open_prompt(page, "anchor.serve");
  return page;
}

export async function settle_two_texts({ window, hand = by_pointer }) {
  const [rosa, june] = [await as(window, "Rosa"), await as(window, "June")];
  for (const page of [rosa, june]) await hand.go(page, text_of(team_form(page)));
  const typing = june.keyboard.type("June goes on and on and on and on. ", { delay: 60 });
  await hand.fill(rosa, text_of(team_form(rosa)), `Rosa was faster ${Date.now()}`);
  await Promise.all([typing, saved(team_form(rosa))]);
  const card = (page) => page.locator("#card-anchor\\.serve .k-voice--team .k-conflict");
  await card(june).first().waitFor();
  await june.waitForFunction(() => document.querySelector("#form-team-anchor\\.serve textarea").value.startsWith("Rosa was faster"));
  await june.keyboard.press("Control+End");
  await june.keyboard.type(" One more word.");
  await saved(team_form(june));
  await june.waitForTimeout(1500);
  for (const page of [june, rosa]) assert.equal(await card(page).count(), 1, "it went without anybody choosing");
  assert.match(await card(june).innerText(), /June goes on and on and on and on/);
  await june.reload();
  await follow(june, card(june).locator("form[action*='/settling'] button"), hand);
  assert.equal(await card(june).count(), 0);
  await card(rosa).waitFor({ state: "detached" });
}

export const journeys = {
  "one's own answer on two devices: both texts are kept and shown side by side, and joined by a button": async ({ window }) => {
    const desk = await as(window, "Rosa");
    const phone = await as(window, "Rosa", { width: 320 });
    const [first, second] = [`At the desk ${Date.now()}`, `On the bus ${Date.now()}`];
    await text_of(own_form(desk)).fill(first);
    await saved(own_form(desk));
    await text_of(own_form(phone)).fill(second);
    const both = phone.locator("#card-anchor\\.serve .k-conflict").first();
    await both.waitFor();
    await phone.waitForFunction((words) => document.querySelector("#form-personal-anchor\\.serve textarea").value === words, first);
    assert.match(await both.innerText(), new RegExp(second));
    assert.match(await both.innerText(), new RegExp(first));
    await check_page(phone);
    await phone.screenshot({ path: "build/e2e/two-devices-320.png", fullPage: true }).catch(() => {});
    await both.locator("form[action*='/joining'] button").click();
    await phone.waitForLoadState();
    assert.equal(await text_of(own_form(phone)).inputValue(), `${first}\n\n${second}`);
    assert.equal(await phone.locator("#card-anchor\\.serve .k-conflict").count(), 0);
  },

  "a text kept beside stays while its writer types on, until a button is pressed": settle_two_texts,

  "a session that ends while somebody types: the words stay in the field, and the way to sign in stands beside": async ({ window }) => {
    const page = await as(window, "Rosa");
    page.expects = [401];
    await page.context().clearCookies();
    const words = `Nobody saved this ${Date.now()}`;
    await text_of(own_form(page)).fill(words);
    const sign = own_form(page).locator("[data-saved][data-state=error]");
    await sign.locator("a[target=_blank]").waitFor();
    assert.match(await sign.innerText(), /not saved/);
    assert.equal(await text_of(own_form(page)).inputValue(), words);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(kept.includes("kedge-draft") && !kept.includes("Nobody"), "it lies there readable, or not at all");
    page.on("dialog", (dialog) => dialog.accept());
  },

  "a text that is too long is marked at its field and stays, over a reload too": async ({ window }) => {
    const page = await as(window, "Rosa");
    page.expects = [422];
    const field = text_of(own_form(page));
    const words = "much too long ".repeat(400).trim();
    await field.fill(words);
    await page.locator("#form-personal-anchor\\.serve textarea[aria-invalid=true]").waitFor();
    const described = (await field.getAttribute("aria-describedby")).split(" ");
    assert.ok(described[0].endsWith("-error"));
    for (const id of described) assert.equal(await page.locator(`[id="${id}"]`).count(), 1, id);
    await check_page(page);
    await page.reload();
    await page.locator("#form-personal-anchor\\.serve textarea[aria-invalid=true]").waitFor();
    assert.equal(await field.inputValue(), words);
    await field.fill("Short.");
    await saved(own_form(page));
    assert.equal(await field.getAttribute("aria-invalid"), null);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  },

  "without scripts what is wrong stands on top and leads to its field": async ({ window }) => {
    const page = await as(window, "Rosa", { scripts: false });
    page.expects = [422];
    await text_of(own_form(page)).fill("much too long ".repeat(400));
    await own_form(page).locator("button[type=submit]").click();
    await page.waitForLoadState();
    assert.match(await page.title(), /^Please look again/);
    await check_page(page);
    await page.locator("#problems a").click();
    assert.equal(await page.evaluate(() => document.querySelector(":target").localName), "textarea");
  },

  "a number that Rosa writes in the directory is not blanked by June's open row": async ({ window }) => {
    const [rosa, june] = [await window(), await window()];
    await look_round_as(june, "June");
    await open_prompt(june, "connections.contacts");
    const row = june.locator("#card-connections\\.contacts details.k-row-entry").nth(6);
    await row.locator("summary").click();
    const person = await row.locator("input[list=k-contacts]").inputValue();
    await look_round_as(rosa, "Rosa");
    await rosa.goto("/directory");
    await rosa.locator("main a[href^='/directory/organizations/']", { hasText: await row.locator("input[list=k-organizations]").inputValue() }).first().click();
    await rosa.waitForLoadState();
    await rosa.locator("main a[href^='/directory/contacts/']", { hasText: person }).first().click();
    await rosa.waitForLoadState();
    await rosa.locator("#f-phone").fill("618-555-0199");
    await rosa.locator("main form.k-form button[type=submit]").first().click();
    await rosa.waitForLoadState();
    await row.locator("textarea").first().fill(`Another reason ${Date.now()}`);
    await saved(row.locator("form[data-autosave]"));
    await june.reload();
    await row.locator("summary").click();
    assert.equal(await row.locator("input[type=tel]").inputValue(), "618-555-0199");
  },
};
