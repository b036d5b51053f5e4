// What a team does in a week, on a browser without scripts; keyboard.mjs tells some of it by keys, with scripts.
import assert from "node:assert/strict";
import { by_pointer, check_page, follow, look_round_as, save, send, speak } from "../lib.mjs";
import { keep_logo } from "./joining.mjs";

const own_form = (page) => page.locator("#form-personal-anchor\\.serve");
const text_of = (form) => form.locator("textarea").first();

async function open_prompt(page, prompt) {
  await page.goto("/workbooks");
  const book = await page.locator(".k-card h2 a").first().getAttribute("href");
  await page.goto(`${book}/prompts/${prompt}`);
}

async function as(window, who, options = {}) {
  const page = await window({ scripts: false, ...options });
  await look_round_as(page, who);
  if (options.language === "es") await speak(page, "es");
  await open_prompt(page, "anchor.serve");
  return page;
}

export async function share_and_pull({ window, hand = by_pointer, scripts = false }) {
  const [rosa, june] = [await as(window, "Rosa", { scripts }), await as(window, "June", { scripts })];
  const words = `The lady with the red cart ${Date.now()}`;
  await hand.fill(june, text_of(own_form(june)), words);
  await save(june, own_form(june), hand);
  await rosa.reload();
  assert.ok(!(await rosa.content()).includes(words), "it is read before it is shared");
  await hand.fill(june, text_of(own_form(june)), `${words}, and her dog`);  // not saved: sharing takes it along
  await follow(june, june.locator("#card-anchor\\.serve button[formaction*='/sharing']"), hand);
  await check_page(june);
  await rosa.reload();
  assert.ok((await rosa.content()).includes(`${words}, and her dog`), "what was typed last is lost");
  await follow(rosa, rosa.locator("#card-anchor\\.serve a[href*='/pulling']"), hand);
  await check_page(rosa);
  for (const card of await rosa.locator("form[action*='/pulling'] .k-card").all())
    if (!(await card.innerText()).includes(words)) await hand.tick(rosa, card.locator("input[type=checkbox]"));
  await follow(rosa, rosa.locator("form[action*='/pulling'] button[type=submit]"), hand);
  const team = rosa.locator("#form-team-anchor\\.serve textarea").first();
  assert.ok((await team.inputValue()).includes(words), "the team's answer does not have it");
  await follow(june, june.locator("#card-anchor\\.serve button[formaction*='/taking-back']"), hand);
  await rosa.reload();
  assert.equal(await rosa.locator(".k-shared", { hasText: words }).count(), 0);
  assert.ok((await team.inputValue()).includes(words), "what the team took went with it");
}

export async function write_down({ window, hand = by_pointer, scripts = false }) {
  const page = await window({ scripts });
  page.expects = [422];
  await look_round_as(page, "June");
  await page.goto("/directory");
  await follow(page, page.locator("main a[href='/directory/organizations/new']"), hand);
  await hand.fill(page, page.locator("#f-email"), "no address");
  await send(page, hand);
  for (const id of ["#f-name", "#f-email"]) assert.equal(await page.locator(id).getAttribute("aria-invalid"), "true", id);
  assert.equal(await page.locator("#f-email").inputValue(), "no address");
  await check_page(page);
  await hand.fill(page, page.locator("#f-name"), "Township Food Shelf");
  await hand.fill(page, page.locator("#f-email"), "shelf@example.org");
  await send(page, hand);
  assert.equal(await page.locator("main h1").innerText(), "Township Food Shelf");
  await follow(page, page.locator("main a[href$='/contacts/new']"), hand);
  await check_page(page);
  await hand.fill(page, page.locator("#f-name"), "Nora");
  await hand.fill(page, page.locator("#f-phone"), "618-555-0142");
  await send(page, hand);
  await page.goto("/directory?q=Township+Food");
  await follow(page, page.locator("main a", { hasText: "Township Food Shelf" }), hand);
  assert.match(await page.locator("#organization-facts").innerText(), /Nora[^]*618-555-0142/);
  await follow(page, page.locator("main a[href$='/edit']"), hand);
  await hand.fill(page, page.locator("#f-description"), "Bread on Tuesdays");
  await send(page, hand);
  await page.getByText("Bread on Tuesdays").first().waitFor();
  await follow(page, page.locator("main a[href^='/directory/contacts/']", { hasText: "Nora" }), hand);
  assert.equal(await page.locator("#f-phone").inputValue(), "618-555-0142");
  await check_page(page);
}

// A row of the team's is removed, and brought back by the button beside what was said.
export async function remove_and_undo({ window, hand = by_pointer, scripts = false }) {
  const page = await as(window, "June", { scripts });
  await open_prompt(page, "connections.contacts");
  const rows = page.locator("#card-connections\\.contacts details.k-row-entry:not([data-new-row])");
  const titles = () => rows.locator(".k-row-entry__title").allInnerTexts();
  const before = await titles();
  const row = rows.nth(1);
  const words = () => row.locator("form.k-answer textarea").first().inputValue();
  const gone = await words();
  await hand.press(page, row.locator("summary"));
  await follow(page, row.locator("form.k-remove button"), hand);
  assert.deepEqual(await titles(), before.filter((_, at) => at !== 1));
  await check_page(page);
  await follow(page, page.locator(".k-notice button"), hand);
  assert.deepEqual(await titles(), before, "it does not come back where it was");
  assert.equal(await words(), gone);
  await check_page(page);
}

// A workbook's file: a broken one is said, a whole one becomes a workbook beside the others.
export async function bring_in({ window, hand = by_pointer, scripts = false }) {
  const page = await as(window, "Rosa", { scripts });
  page.expects = [422];
  const book = /\/workbooks\/[0-9a-f-]{36}/.exec(page.url())[0];
  const file = await (await page.request.get(`${book}/export.json`)).body();
  const bring = async (buffer) => {
    await hand.choose(page, page.locator("#file"), { name: "workbook.json", mimeType: "application/json", buffer });
    await follow(page, page.locator("form[action='/workbooks/import'] button"), hand);
  };
  await page.goto("/workbooks");
  const before = await page.locator(".k-card h2 a").count();
  await follow(page, page.locator("main a[href='/workbooks/import']"), hand);
  await bring(file.subarray(0, file.length / 2));
  assert.equal(await page.getByRole("alert").count(), 1, "what is wrong is not said");
  await check_page(page);
  await bring(file);
  assert.match(new URL(page.url()).pathname, /^\/workbooks\/[0-9a-f-]{36}$/);
  assert.ok(!page.url().includes(book), "it leads to the old one");
  assert.equal(await page.locator(".k-notice").count(), 1);
  await check_page(page);
  await page.goto(`${new URL(page.url()).pathname}/prompts/anchor.serve`);
  const team = text_of(page.locator("#form-team-anchor\\.serve"));
  const brought = await team.inputValue();
  await page.goto(`${book}/prompts/anchor.serve`);
  assert.equal(brought, await team.inputValue());
  await page.goto("/workbooks");
  assert.equal(await page.locator(".k-card h2 a").count(), before + 1);
}

export async function leave_and_erase({ window, hand = by_pointer, scripts = false }) {
  const june = await as(window, "June", { scripts });
  const [own, ours] = [`Mine alone ${Date.now()}`, `For us all ${Date.now()}`];
  await hand.fill(june, text_of(own_form(june)), own);
  await save(june, own_form(june), hand);
  const team = june.locator("#form-team-anchor\\.serve");
  await hand.fill(june, text_of(team), ours);
  await save(june, team, hand);
  await june.goto("/account/leave");
  await check_page(june);
  await send(june, hand);
  await june.goto("/account");
  assert.equal(new URL(june.url()).pathname, "/sign-in", "June is still in");
  const rosa = await as(window, "Rosa", { scripts });
  assert.equal(await text_of(rosa.locator("#form-team-anchor\\.serve")).inputValue(), ours);
  await rosa.goto("/people");
  assert.equal(await rosa.locator("main li b", { hasText: "June" }).count(), 0);
  await rosa.goto("/example/erase");
  await check_page(rosa);
  await send(rosa, hand);
  assert.equal(await rosa.getByRole("button", { name: "Rosa" }).count(), 0, "its doors are still there");
  await check_page(rosa);
  await rosa.goto("/workbooks");
  assert.equal(new URL(rosa.url()).pathname, "/sign-in");
}

export const journeys = {
  "one's own answer on two devices, in Spanish: both texts are kept, and one is chosen": async ({ window }) => {
    const desk = await as(window, "Rosa", { language: "es" });
    const phone = await as(window, "Rosa", { language: "es", width: 320 });
    phone.expects = [409];
    const [first, second] = [`En el mostrador ${Date.now()}`, `En el autobús ${Date.now()}`];
    await text_of(own_form(desk)).fill(first);
    await save(desk, own_form(desk));
    await text_of(own_form(phone)).fill(second);
    await save(phone, own_form(phone));
    const both = phone.locator("#card-anchor\\.serve .k-conflict");
    assert.equal(await both.count(), 1);
    for (const words of [first, second]) assert.ok((await both.innerText()).includes(words), `${words} is not shown`);
    assert.equal(await phone.locator("html").getAttribute("lang"), "es");
    await check_page(phone);
    await follow(phone, both.locator("form[action*='/taking'] button"));
    assert.equal(await text_of(own_form(phone)).inputValue(), second);
    assert.equal(await both.count(), 0);
    await desk.reload();
    assert.equal(await text_of(own_form(desk)).inputValue(), second);
  },

  "June shares an answer, Rosa pulls it into the team's, and June takes hers back": share_and_pull,
  "an organization and its contact are written down, and what is wrong is said at the field": write_down,
  "a row is removed and comes back": remove_and_undo,

  "a logo is uploaded, removed and brought back": async ({ window }) => {
    const page = await window({ scripts: false });
    await look_round_as(page, "Rosa");
    await keep_logo(page);
  },

  "a workbook is brought in from its file, and a broken file is said": bring_in,
  "June leaves: what is shared stays, what was hers alone goes; and Rosa erases the example": leave_and_erase,
};
