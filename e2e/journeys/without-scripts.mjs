// What a team does in a week, on a browser without scripts.
import assert from "node:assert/strict";
import { check_page, follow, look_round_as, send, speak } from "../lib.mjs";

const own_form = (page) => page.locator("#form-personal-anchor\\.serve");
const text_of = (form) => form.locator("textarea").first();
const save = (page, form) => follow(page, form.locator("button[type=submit]").first());

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

  "June shares an answer, Rosa pulls it into the team's, and June takes hers back": async ({ window }) => {
    const [rosa, june] = [await as(window, "Rosa"), await as(window, "June")];
    const words = `The lady with the red cart ${Date.now()}`;
    await text_of(own_form(june)).fill(words);
    await save(june, own_form(june));
    await rosa.reload();
    assert.ok(!(await rosa.content()).includes(words), "it is read before it is shared");
    await text_of(own_form(june)).fill(`${words}, and her dog`);  // not saved: sharing takes it along
    await follow(june, june.locator("#card-anchor\\.serve button[formaction*='/sharing']"));
    await check_page(june);
    await rosa.reload();
    assert.ok((await rosa.content()).includes(`${words}, and her dog`), "what was typed last is lost");
    await follow(rosa, rosa.locator("#card-anchor\\.serve a[href*='/pulling']"));
    await check_page(rosa);
    for (const card of await rosa.locator("form[action*='/pulling'] .k-card").all())
      if (!(await card.innerText()).includes(words)) await card.locator("label").click();
    await follow(rosa, rosa.locator("form[action*='/pulling'] button[type=submit]"));
    const team = rosa.locator("#form-team-anchor\\.serve textarea").first();
    assert.ok((await team.inputValue()).includes(words), "the team's answer does not have it");
    await follow(june, june.locator("#card-anchor\\.serve button[formaction*='/taking-back']"));
    await rosa.reload();
    assert.equal(await rosa.locator(".k-shared", { hasText: words }).count(), 0);
    assert.ok((await team.inputValue()).includes(words), "what the team took went with it");
  },

  "an organization and its contact are written down, and what is wrong is said at the field": async ({ window }) => {
    const page = await window({ scripts: false });
    page.expects = [422];
    await look_round_as(page, "June");
    await page.goto("/directory");
    await follow(page, page.locator("main a[href='/directory/organizations/new']"));
    await page.locator("#f-email").fill("no address");
    await send(page);
    for (const id of ["#f-name", "#f-email"]) assert.equal(await page.locator(id).getAttribute("aria-invalid"), "true", id);
    assert.equal(await page.locator("#f-email").inputValue(), "no address");
    await check_page(page);
    await page.locator("#f-name").fill("Township Food Shelf");
    await page.locator("#f-email").fill("shelf@example.org");
    await send(page);
    assert.equal(await page.locator("main h1").innerText(), "Township Food Shelf");
    await follow(page, page.locator("main a[href$='/contacts/new']"));
    await check_page(page);
    await page.locator("#f-name").fill("Nora");
    await page.locator("#f-phone").fill("618-555-0142");
    await send(page);
    await page.goto("/directory?q=Township+Food");
    await follow(page, page.locator("main a", { hasText: "Township Food Shelf" }));
    assert.match(await page.locator("#organization-facts").innerText(), /Nora[^]*618-555-0142/);
    await follow(page, page.locator("main a[href$='/edit']"));
    await page.locator("#f-description").fill("Bread on Tuesdays");
    await send(page);
    await page.getByText("Bread on Tuesdays").first().waitFor();
    await follow(page, page.locator("main a[href^='/directory/contacts/']", { hasText: "Nora" }));
    assert.equal(await page.locator("#f-phone").inputValue(), "618-555-0142");
    await check_page(page);
  },

  "June leaves: what is shared stays, what was hers alone goes; and Rosa erases the example": async ({ window }) => {
    const june = await as(window, "June");
    const [own, ours] = [`Mine alone ${Date.now()}`, `For us all ${Date.now()}`];
    await text_of(own_form(june)).fill(own);
    await save(june, own_form(june));
    const team = june.locator("#form-team-anchor\\.serve");
    await text_of(team).fill(ours);
    await save(june, team);
    await june.goto("/account/leave");
    await check_page(june);
    await send(june);
    await june.goto("/account");
    assert.equal(new URL(june.url()).pathname, "/sign-in", "June is still in");
    const rosa = await as(window, "Rosa");
    assert.equal(await text_of(rosa.locator("#form-team-anchor\\.serve")).inputValue(), ours);
    await rosa.goto("/people");
    assert.equal(await rosa.locator("main li b", { hasText: "June" }).count(), 0);
    await rosa.goto("/example/erase");
    await check_page(rosa);
    await send(rosa);
    assert.equal(await rosa.getByRole("button", { name: "Rosa" }).count(), 0, "its doors are still there");
    await check_page(rosa);
    await rosa.goto("/workbooks");
    assert.equal(new URL(rosa.url()).pathname, "/sign-in");
  },
};
