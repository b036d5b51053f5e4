// A library of one's own: founded by the console's code, joined by a code, a password that is reset, a staff care list that
// closes. All without scripts, as on the oldest computer of the house.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { add_library, check_page, follow, kLeadPassword, open_window, send, sign_in, start_server } from "../lib.mjs";

export const server_options = { empty: true };

const once = (page) => page.locator(".k-code").innerText();
const fill = async (page, fields) => { for (const [name, words] of Object.entries(fields)) await page.locator(`main [name='${name}']`).first().fill(words); };

async function join_code(page) {
  await page.goto("/people");
  await follow(page, page.locator("form[action='/people/join-code'] button[type=submit]"));
  return once(page);
}

async function join_by(page, code, name) {
  await page.goto("/join");
  await fill(page, { code });
  await send(page);
  await fill(page, { name });
  await send(page);
}

async function open_workbook(page, title) {
  await page.goto("/workbooks");
  const form = page.locator("form[action='/workbooks']");
  await form.locator("input[type=text]").fill(title);
  await follow(page, form.locator("button[type=submit]"));
  return new URL(page.url()).pathname;
}

const own_form = (page) => page.locator("#form-personal-anchor\\.serve");
async function write(page, book, words) {
  await page.goto(`${book}/prompts/anchor.serve`);
  await own_form(page).locator("textarea").first().fill(words);
  await follow(page, own_form(page).locator("button[type=submit]").first());
}

// A day that has come: the list closes as soon as a process starts.
async function close_lists(server) {
  const done = spawnSync("sqlite3", [join(server.folder, "kedge.db"), "UPDATE checklist SET closes_on = '2020-01-01' WHERE state = 'open'"], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  await (await start_server({ data: server.folder })).stop();
}

export const journeys = {
  "a library is founded with the code of the console, a colleague joins by a code and writes": async ({ server, window }) => {
    const lead = await window({ scripts: false });
    lead.expects = [422];
    await lead.goto("/");
    await check_page(lead);
    await lead.goto("/found");
    const typed = { name: "Mill Pond Library", lead_name: "Mo", lead_email: "mo@mill.example", password: kLeadPassword };
    await fill(lead, { ...typed, code: "WRONGONE" });
    await send(lead);
    await lead.locator("#f-code[aria-invalid=true]").waitFor();
    assert.equal(await lead.locator("#f-name").inputValue(), typed.name, "what was typed is gone");
    await check_page(lead);
    const [, code] = /\/found\b.*?: ([A-Z0-9-]+)\s/.exec(server.log());
    await fill(lead, { password: typed.password, code });
    await send(lead);
    assert.ok((await once(lead)).length > 10, "no recovery code is shown");
    await check_page(lead);
    const book = await open_workbook(lead, "Spring");
    await check_page(lead);
    const wall = await join_code(lead);
    await check_page(lead);
    const colleague = await window({ scripts: false, width: 320 });
    await join_by(colleague, wall, "Ada");
    await check_page(colleague);
    await write(colleague, book, "The bench by the door");
    assert.equal(await own_form(colleague).locator("textarea").first().inputValue(), "The bench by the door");
    await lead.goto(`${book}/prompts/anchor.serve`);
    assert.ok(!(await lead.content()).includes("The bench by the door"), "the lead reads what is private");
    await lead.goto("/people");
    await lead.getByText("Ada", { exact: true }).first().waitFor();
  },

  "a password is reset, and private answers stay locked until the old one opens them": async ({ server, window }) => {
    add_library(server, "Elm Street", "Ana", "ana@elm.example");
    const [ana, ben] = [await window({ scripts: false }), await window({ scripts: false })];
    await sign_in(ana, "ana@elm.example");
    const book = await open_workbook(ana, "Winter");
    await ana.goto("/people");
    const invitation = ana.locator("form[action='/people/invitations']");
    await follow(ana, invitation.locator("button[type=submit]"));
    await ben.goto(new URL(await once(ana)).pathname);
    await check_page(ben);
    const old = "a calm desk at the end of a day";
    await fill(ben, { name: "Ben", email: "ben@elm.example", password: old });
    await send(ben);
    await write(ben, book, "Nobody else reads this");
    await ana.goto("/people");
    await follow(ana, ana.locator("main li", { hasText: "Ben" }).locator("a"));
    await follow(ana, ana.locator("form[action$='/reset-link'] button"));
    const link = new URL(await once(ana)).pathname;
    await check_page(ana);
    const phone = await window({ scripts: false, width: 320 });
    await phone.goto(link);
    await check_page(phone);
    await fill(phone, { password: "another kettle on the stove" });
    await send(phone);
    await phone.goto(`${book}/prompts/anchor.serve`);
    assert.ok(!(await phone.content()).includes("Nobody else reads this"), "a reset opens private answers");
    assert.equal(await own_form(phone).count(), 0);
    await check_page(phone);
    await phone.goto("/account");
    await follow(phone, phone.locator("main a[href='/recover']"));
    await fill(phone, { secret: old });
    await send(phone);
    await phone.goto(`${book}/prompts/anchor.serve`);
    assert.equal(await own_form(phone).locator("textarea").first().inputValue(), "Nobody else reads this");
    phone.expects = [404];
    await phone.goto(link);
    assert.equal(await phone.locator("#f-password").count(), 0, "the link works twice");
  },

  "a staff care list is opened, marked by five, closed, and says bands": async ({ browser, server, window }) => {
    add_library(server, "Oak Hill", "Olga", "olga@oak.example");
    const lead = await window({ scripts: false });
    await sign_in(lead, "olga@oak.example");
    const book = await open_workbook(lead, "Autumn");
    const list = `${book}/prompts/care.marks`;
    await lead.goto(list);
    assert.equal(await lead.locator("#closes_on").count(), 0, "a list of one can be opened");
    const code = await join_code(lead);
    const team = [];
    try {
      for (const name of ["Bea", "Cleo", "Dora", "Emil"]) {
        team.push(await open_window(browser, server, { scripts: false }));
        await join_by(team.at(-1), code, name);
      }
      await lead.goto(list);
      await lead.locator("#opening summary").click();
      await lead.locator("#closes_on").fill(new Date(Date.now() + 10 * 86400000).toISOString().slice(0, 10));
      await follow(lead, lead.locator("form[action$='/lists'] button"));
      team.push(lead);
      for (const [at, page] of team.entries()) {
        await page.goto(list);
        const marks = page.locator("form[action$='/marks']");
        await marks.locator("input[name=well][value=training]").check();
        if (at < 1) await marks.locator("input[name=better][value=praise]").check();
        await follow(page, marks.locator("button[type=submit]"));
        assert.ok(await page.locator("form[action$='/marks'] input[name=well][value=training]").isChecked(), "a mark is gone");
      }
      await check_page(team[0]);
      await close_lists(server);
      await lead.goto(list);
      const bands = (await lead.locator(".k-marks tr", { has: lead.locator("a[href*='/bands/training/']") }).innerText()).split(/\s{2,}|\t|\n/).filter(Boolean);
      assert.ok(bands.includes("most or all"), `no band says it: ${bands}`);
      assert.doesNotMatch(bands.join(" "), /\d/, "a number stands in a band");
      assert.equal(await lead.locator("form[action$='/marks']").count(), 0);
      await check_page(lead);
    } finally {
      for (const page of team) if (page !== lead) await page.context().close();
    }
  },
};
