// The skeleton that walks: an answer is written, saved by itself, shared and read by a colleague; with and without scripts.
import assert from "node:assert/strict";
import { check_page, look_round_as, open_window, speak, start_server } from "../lib.mjs";

const kOwn = "form.k-answer:has(textarea)";

// The first section with a text to write for oneself.
async function open_section(page, at = 2) {
  await page.goto("/workbooks");
  await page.locator(".k-card h2 a").first().click();
  await page.locator(".k-overview > li").nth(at).locator("h2 a").click();
  await page.waitForLoadState();
}

const own_form = (page) => page.locator(`.k-voice:not(.k-voice--team) ${kOwn}`).first();
const own_text = (page) => own_form(page).locator("textarea").first();
const team_form = (page) => page.locator(`.k-voice--team ${kOwn}`).first();
const team_text = (page) => team_form(page).locator("textarea").first();

const saved = (form) => form.locator("[data-saved][data-state=saved]").waitFor();

// A link, a summary and the fields of the card that a colleague changes.
const places_of_focus = (page) => {
  const card = page.locator(".k-card", { has: team_form(page) }).first();
  return [
    ["a link", card.locator(".k-voice--team .k-ways a").first()],
    ["a colleague's link", card.locator(".k-shared .k-ways a").first()],
    ["a summary", card.locator("details.k-voice--team > summary")],
    ["one's own field", card.locator(".k-voice:not(.k-voice--team) textarea").first()],
    ["the field that is changed", team_text(page)],
  ];
};

// Rosa is `here`; June is `there`, through another process on the same data. Both are at the same section.
const through_two = (story) => async ({ browser, server, window }) => {
  const second = await start_server({ data: server.folder });
  const here = await window();
  const there = await open_window(browser, second);
  try {
    for (const [page, name] of [[here, "Rosa"], [there, "June"]]) { await look_round_as(page, name); await open_section(page); }
    await story({ here, there });
  } finally {
    await there.context().close();
    await second.stop();
  }
};

export const journeys = {
  "Rosa writes an answer, it saves itself, and it is there after a reload": async ({ window }) => {
    const page = await window();
    await look_round_as(page, "Rosa");
    await open_section(page);
    const words = `Ten minutes off the floor ${Date.now()}`;
    await own_text(page).fill(words);
    await saved(own_form(page));
    await page.reload();
    assert.equal(await own_text(page).inputValue(), words);
    await check_page(page);
  },

  "Rosa shares an answer, June reads it and nothing else of hers, and Rosa takes it back": async ({ window }) => {
    const [rosa, june] = [await window(), await window()];
    await look_round_as(rosa, "Rosa");
    await open_section(rosa);
    const words = `A second person at the desk ${Date.now()}`;
    await own_text(rosa).fill(words);
    await saved(own_form(rosa));
    await look_round_as(june, "June");
    await open_section(june);
    assert.ok(!(await june.content()).includes(words), "June reads what is not shared");
    const card = rosa.locator(".k-card", { has: rosa.locator("textarea", { hasText: words }) });
    await card.locator("button[formaction*='/sharing']").first().click();
    await rosa.waitForLoadState();
    await june.locator(".k-shared", { hasText: words }).waitFor();
    await card.locator("button[formaction*='/taking-back']").first().click();
    await rosa.waitForLoadState();
    await june.locator(".k-shared", { hasText: words }).waitFor({ state: "detached" });
  },

  "without scripts the button saves, in Spanish too": async ({ window }) => {
    const page = await window({ scripts: false, language: "es" });
    await look_round_as(page, "Rosa");
    await speak(page, "es");
    await open_section(page);
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    const words = `Diez minutos fuera del mostrador ${Date.now()}`;
    await own_text(page).fill(words);
    await own_form(page).locator("button[type=submit]").click();
    await page.waitForLoadState();
    assert.equal(await own_text(page).inputValue(), words);
  },

  "two change the team's answer at once, and both texts are kept": async ({ window }) => {
    const [rosa, june] = [await window(), await window()];
    rosa.expects = june.expects = [409];
    await look_round_as(rosa, "Rosa");
    await open_section(rosa);
    await look_round_as(june, "June");
    await open_section(june);
    // June types on without a pause while Rosa's text is saved.
    const typing = team_text(june).pressSequentially("June goes on and on and on and on. ", { delay: 60 });
    await team_text(rosa).fill(`Rosa was faster ${Date.now()}`);
    await Promise.all([typing, saved(team_form(rosa))]);
    await june.locator(".k-conflict").first().waitFor();
    await rosa.locator(".k-conflict").first().waitFor();
  },

  "who pauses after a space or a line break finds both where they were": async ({ window }) => {
    const [rosa, june] = [await window(), await window()];
    await look_round_as(rosa, "Rosa");
    await open_section(rosa);
    await look_round_as(june, "June");
    await open_section(june);
    const mark = `First line ${Date.now()}.`;
    await team_text(rosa).fill("");
    await saved(team_form(rosa));
    for (const piece of [mark, "\n", "- second ", "word"]) {
      await team_text(rosa).pressSequentially(piece);
      await saved(team_form(rosa));
      await june.waitForFunction((text) => [...document.querySelectorAll(".k-voice--team textarea")].some((area) => area.value.startsWith(text)), mark);
      await rosa.waitForTimeout(500);  // the event of the own save has come back by then
    }
    assert.equal(await team_text(rosa).inputValue(), `${mark}\n- second word`);
  },

  "what was typed while the line was down is kept unreadable and sent when it is back": async ({ window }) => {
    const page = await window();
    page.expects = ["ERR_"];
    await look_round_as(page, "Rosa");
    await open_section(page);
    await page.context().setOffline(true);
    const words = `Kept through the storm ${Date.now()}`;
    await own_text(page).fill(words);
    await own_form(page).locator("[data-saved][data-state=offline]").waitFor();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(kept.includes("kedge-draft") && !kept.includes("storm"), "it lies there readable, or not at all");
    await page.context().setOffline(false);
    await saved(own_form(page));
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await page.reload();
    assert.equal(await own_text(page).inputValue(), words);
  },

  "everything on a section can be reached by keys alone": async ({ window }) => {
    const page = await window();
    await look_round_as(page, "Rosa");
    await open_section(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main");
    await page.keyboard.press("Enter");
    const words = `By keys ${Date.now()}`;
    for (let at = 0; at < 60 && await page.evaluate(() => document.activeElement.localName) !== "textarea"; ++at) await page.keyboard.press("Tab");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(words);
    await page.locator("[data-saved][data-state=saved]").first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.value), words);
  },

  "a change through another process on the same data appears without reloading, and the focus stays where it is": through_two(async ({ here, there }) => {
    for (const [name, target] of places_of_focus(here)) {
      await target.focus();
      const focused = await target.elementHandle();
      const where = () => focused.evaluate((element) => element === document.activeElement && (element.getAttribute("href") ?? element.id ?? ""));
      const before = await where();
      assert.notEqual(before, false, `${name} takes no focus`);
      const words = `From the other process ${Date.now()}`;
      await team_text(there).fill(words);
      await saved(team_form(there));
      await here.waitForFunction((text) => [...document.querySelectorAll("textarea")].some((area) => area.value === text), words);
      assert.equal(await where(), before, `${name} lost the focus`);
    }
  }),

  "who writes in the team's answer is named on a colleague's page, through another process too, until they go": through_two(async ({ here, there }) => {
    const named = here.locator(".k-voice--team .k-presence", { hasText: "June" });
    assert.equal(await named.count(), 0);
    await team_text(here).focus();
    await team_text(there).focus();
    await named.waitFor();
    assert.ok(await team_text(here).evaluate((element) => element === document.activeElement), "the name takes the focus");
    await there.locator(".k-voice--team .k-presence", { hasText: "Rosa" }).waitFor();
    await check_page(here);
    await team_text(there).evaluate((element) => element.blur());
    await named.waitFor({ state: "detached" });
  }),
};
