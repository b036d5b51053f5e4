// A library of one's own: founded by the console's code, joined by a code, a password that is reset, a staff care list that
// closes. All without scripts, as on the oldest computer of the house; keyboard.mjs tells the same by keys, with scripts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { add_library, by_pointer, check_both, check_page, follow, kLeadPassword, save, send, sign_in, start_server } from "../lib.mjs";

export const server_options = { empty: true };

const once = (page) => page.locator(".k-code").innerText();
const fill = async (page, hand, fields) => { for (const [name, words] of Object.entries(fields)) await hand.fill(page, page.locator(`main [name='${name}']`).first(), words); };

async function join_code(page, hand) {
  await page.goto("/people");
  await follow(page, page.locator("form[action='/people/join-code'] button[type=submit]"), hand);
  return once(page);
}

async function join_by(page, hand, code, name) {
  await page.goto("/join");
  await fill(page, hand, { code });
  await send(page, hand);
  await fill(page, hand, { name });
  await send(page, hand);
}

async function open_workbook(page, hand, title) {
  await page.goto("/workbooks");
  const form = page.locator("form[action='/workbooks']");
  await hand.fill(page, form.locator("input[type=text]"), title);
  await follow(page, form.locator("button[type=submit]"), hand);
  return new URL(page.url()).pathname;
}

const own_form = (page) => page.locator("#form-personal-anchor\\.serve");
async function write(page, hand, book, words) {
  await page.goto(`${book}/prompts/anchor.serve`);
  await hand.fill(page, own_form(page).locator("textarea").first(), words);
  await save(page, own_form(page), hand);
}

// A day that has come: the list closes as soon as a process starts.
async function close_lists(server) {
  const done = spawnSync("sqlite3", [join(server.folder, "kedge.db"), "UPDATE checklist SET closes_on = '2020-01-01' WHERE state = 'open'"], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  await (await start_server({ data: server.folder })).stop();
}

export async function found_and_join({ server, window, hand = by_pointer, scripts = false }) {
  const lead = await window({ scripts });
  lead.expects = [422];
  await lead.goto("/found");
  const typed = { name: "Mill Pond Library", lead_name: "Mo", lead_email: "mo@mill.example", password: kLeadPassword };
  await fill(lead, hand, { code: "WRONGONE", ...typed });
  await send(lead, hand);
  await lead.locator("#f-code[aria-invalid=true]").waitFor();
  assert.equal(await lead.locator("#f-name").inputValue(), typed.name, "what was typed is gone");
  await check_page(lead);
  const [, code] = /\/found\b.*?: ([A-Z0-9-]+)\s/.exec(server.log());
  await fill(lead, hand, { code, password: typed.password });
  await send(lead, hand);
  assert.ok((await once(lead)).length > 10, "no recovery code is shown");
  await check_page(lead);
  const book = await open_workbook(lead, hand, "Spring");
  await check_page(lead);
  const wall = await join_code(lead, hand);
  await check_page(lead);
  const colleague = await window({ scripts, width: 320 });
  await join_by(colleague, hand, wall, "Ada");
  await check_page(colleague);
  await write(colleague, hand, book, "The bench by the door");
  assert.equal(await own_form(colleague).locator("textarea").first().inputValue(), "The bench by the door");
  await lead.goto(`${book}/prompts/anchor.serve`);
  assert.ok(!(await lead.content()).includes("The bench by the door"), "the lead reads what is private");
  await lead.goto("/people");
  await lead.getByText("Ada", { exact: true }).first().waitFor();
}

export async function reset_and_unlock({ server, window, hand = by_pointer, scripts = false }) {
  add_library(server, "Elm Street", "Ana", "ana@elm.example");
  const [ana, ben] = [await window({ scripts }), await window({ scripts })];
  await sign_in(ana, "ana@elm.example", kLeadPassword, hand);
  const book = await open_workbook(ana, hand, "Winter");
  await ana.goto("/people");
  await follow(ana, ana.locator("form[action='/people/invitations'] button[type=submit]"), hand);
  await ben.goto(new URL(await once(ana)).pathname);
  await check_page(ben);
  const old = "a calm desk at the end of a day";
  await fill(ben, hand, { name: "Ben", email: "ben@elm.example", password: old });
  await send(ben, hand);
  await write(ben, hand, book, "Nobody else reads this");
  await ana.goto("/people");
  await follow(ana, ana.locator("main li", { hasText: "Ben" }).locator("a"), hand);
  await follow(ana, ana.locator("form[action$='/reset-link'] button"), hand);
  const link = new URL(await once(ana)).pathname;
  await check_page(ana);
  const phone = await window({ scripts, width: 320 });
  await phone.goto(link);
  await check_page(phone);
  await fill(phone, hand, { password: "another kettle on the stove" });
  await send(phone, hand);
  await phone.goto(`${book}/prompts/anchor.serve`);
  assert.ok(!(await phone.content()).includes("Nobody else reads this"), "a reset opens private answers");
  assert.equal(await own_form(phone).count(), 0);
  assert.equal(await phone.locator("#card-anchor\\.serve .k-voice .k-note").count(), 1, "it is not said that it is locked");
  await check_both(phone);
  await phone.goto("/account");
  await follow(phone, phone.locator("main a[href='/recover']"), hand);
  await fill(phone, hand, { secret: old });
  await send(phone, hand);
  await phone.goto(`${book}/prompts/anchor.serve`);
  assert.equal(await own_form(phone).locator("textarea").first().inputValue(), "Nobody else reads this");
  phone.expects = [404];
  await phone.goto(link);
  assert.equal(await phone.locator("#f-password").count(), 0, "the link works twice");
}

const marks = (page) => page.locator("form[action$='/marks']");

async function open_list(lead, hand, list) {
  await lead.goto(list);
  await hand.press(lead, lead.locator("#opening summary"));
  const day = new Date(Date.now() + 10 * 86400000).toISOString().slice(0, 10);
  await hand.date(lead, lead.locator("#closes_on"), day);
  assert.equal(await lead.locator("#closes_on").inputValue(), day);
  await follow(lead, lead.locator("form[action$='/lists'] button"), hand);
}

export async function mark_list({ server, window, hand = by_pointer, scripts = false }) {
  add_library(server, "Oak Hill", "Olga", "olga@oak.example");
  const lead = await window({ scripts });
  await sign_in(lead, "olga@oak.example", kLeadPassword, hand);
  const book = await open_workbook(lead, hand, "Autumn");
  const list = `${book}/prompts/care.marks`;
  await lead.goto(list);
  assert.equal(await lead.locator("#closes_on").count(), 0, "a list of one can be opened");
  const code = await join_code(lead, hand);
  const team = [];
  for (const name of ["Bea", "Cleo", "Dora", "Emil"]) {
    team.push(await window({ scripts }));
    await join_by(team.at(-1), hand, code, name);
  }
  await open_list(lead, hand, list);
  team.push(lead);
  await team[0].goto(list);
  await check_both(team[0]);
  const late = await window({ scripts });
  await join_by(late, hand, code, "Finn");
  await late.goto(list);
  assert.equal(await marks(late).count(), 0, "who came after it was opened is asked");
  assert.equal(await late.locator("#card-care\\.marks > .k-note").count(), 1, "nothing says why");
  await check_both(late);
  for (const [at, page] of team.entries()) {
    await page.goto(list);
    const trained = marks(page).locator("input[name=well][value=training]");
    await hand.tick(page, trained);
    if (at < 1) await hand.tick(page, marks(page).locator("input[name=better][value=praise]"));
    await save(page, marks(page), hand);
    await page.goto(list);
    assert.ok(await trained.isChecked(), "a mark is gone");
  }
  await check_page(team[0]);
  await close_lists(server);
  await lead.goto(list);
  const bands = (await lead.locator(".k-marks tr", { has: lead.locator("a[href*='/bands/training/']") }).innerText()).split(/\s{2,}|\t|\n/).filter(Boolean);
  assert.ok(bands.includes("most or all"), `no band says it: ${bands}`);
  assert.doesNotMatch(bands.join(" "), /\d/, "a number stands in a band");
  assert.equal(await marks(lead).count(), 0);
  await check_page(lead);
}

export const journeys = {
  "a library is founded with the code of the console, a colleague joins by a code and writes": async (world) => {
    const first = await world.window();
    await first.goto("/");
    assert.equal(new URL(first.url()).pathname, "/found", "an installation with nothing in it does not lead to its founding");
    await found_and_join(world);
  },
  "a password is reset, and private answers stay locked until the old one opens them": reset_and_unlock,
  "a staff care list is opened, marked by five, closed, and says bands; who joined meanwhile is not asked": mark_list,
};
