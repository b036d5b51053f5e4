// A library is founded by the console's code; a colleague joins it by the code on the wall, keeps the account with a password,
// signs out and comes back. By keys, without scripts, and by the picture.
import assert from "node:assert/strict";
import { by_keys, by_pointer, check_page, follow } from "../lib.mjs";

const kDirector = { email: "director@grove.example", password: "nine herons at dawn" };
const kMinuteMs = 60000;

// The founder's cookies, once a server: its code founds once.
let founded;
async function found(server, window) {
  const page = await window();
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(server.log())?.[0];
  assert.ok(code, "the console shows no code");
  await page.goto("/found");
  await check_page(page);
  assert.equal(await page.locator("main [data-left]").count(), 0, "short fields count characters");
  await page.locator("main details summary").click();
  const fields = { code, name: "Grove Library", branches: "Main Street\nBookmobile", time_zone: "chicago", state: "il", lead_name: "Dora", lead_email: kDirector.email, password: kDirector.password };
  for (const [name, text] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(text);
  await follow(page, page.locator("main form button[type=submit]"));
  assert.match(await page.locator(".k-code").innerText(), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/);
  await check_page(page);
  await page.goto("/settings");
  assert.equal(await page.locator("[name=time_zone]").inputValue(), "America/Chicago");
  return page.context().storageState();
}

async function show_code(server, window) {
  founded ??= found(server, window);
  const page = await window({ storage: await founded });
  await page.goto("/people");
  await follow(page, page.locator("form[action='/people/join-code'] button"));
  await check_page(page);
  return (await page.locator(".k-code").innerText()).trim();
}

async function sign_out(page, hand) {
  await page.goto("/account");
  await follow(page, page.locator("form[action='/sign-out'] button").first(), hand);
}

async function join_and_come_back({ server, window, options = {}, hand = by_pointer, name, language = "en" }) {
  const code = await show_code(server, window);
  const page = await window({ ...options, language });
  await page.goto("/");
  const began = Date.now();
  await follow(page, page.locator("main a[href='/join']"), hand);
  await hand.fill(page, page.locator("[name=code]"), code.toLowerCase().replaceAll("-", ""));
  await follow(page, page.locator("main form button[type=submit]"), hand);
  await check_page(page);
  await hand.fill(page, page.locator("[name=name]"), name);
  await follow(page, page.locator("main form button[type=submit]"), hand);
  assert.ok(Date.now() - began < kMinuteMs, "joining takes longer than a minute");
  assert.ok((await page.locator(".k-notice").innerText()).includes(name));
  await keep_with_password(page, hand, name);
  await sign_out(page, hand);
  await page.goto("/account");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await hand.fill(page, page.locator("[name=email]"), address_of(name));
  await hand.fill(page, page.locator("[name=password]"), "slow barges carry rye");
  await follow(page, page.locator("main form button[type=submit]"), hand);
  assert.equal(new URL(page.url()).pathname, "/account");
  assert.equal(await page.locator("[name=name]").inputValue(), name);
}

const address_of = (name) => `${name.toLowerCase()}@grove.example`;

async function keep_with_password(page, hand, name) {
  await page.goto("/account");
  await check_page(page);
  const form = page.locator("form[action='/account/password']");
  await hand.fill(page, form.locator("[name=own_email]"), address_of(name));
  await hand.fill(page, form.locator("[name=password]"), "slow barges carry rye");
  await follow(page, form.locator("button[type=submit]"), hand);
  assert.match(await page.locator(".k-code").innerText(), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/);
  await check_page(page);
}

// As somebody who leads a library; `page` is theirs.
export async function keep_logo(page) {
  await page.goto("/settings/logo");
  await check_page(page);
  const picture = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 100 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#0b5a75";
    pen.fillRect(0, 0, 300, 100);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  await page.locator("[name=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from(picture, "base64") });
  await page.locator("[name=alternative]").fill("A heron over water");
  await follow(page, page.locator("form[action='/settings/logo'] button[type=submit]"));
  const logo = page.getByRole("img", { name: "A heron over water" });
  const drawn = () => logo.first().evaluate((image) => image.complete && image.naturalWidth === 300);
  assert.ok(await drawn(), "the browser does not draw it");
  await check_page(page);
  await page.goto("/workbooks");
  assert.ok(await drawn());
  await page.emulateMedia({ media: "print" });
  assert.ok(await logo.first().isVisible(), "it is not on paper");
  await page.emulateMedia({ media: "screen" });
  await page.goto("/settings/logo");
  await follow(page, page.locator("form[action='/settings/logo/removal'] button"));
  assert.equal(await logo.count(), 0);
  await follow(page, page.locator(".k-notice button"));
  assert.ok(await drawn(), "it does not come back");
}

export const journeys = {
  "a colleague joins in a minute by keys alone, keeps the account, signs out and in again": (world) =>
    join_and_come_back({ ...world, hand: by_keys, name: "Ana" }),

  "the same without scripts, in Spanish, on a phone": (world) =>
    join_and_come_back({ ...world, options: { scripts: false, width: 320 }, language: "es", name: "Luz" }),

  "the address in the picture leads to the name, and who signs out without a password is warned": async ({ server, window }) => {
    const code = await show_code(server, window);
    const page = await window();
    await page.goto(`/join/${code.replaceAll("-", "")}`);
    await page.locator("[name=name]").fill("Ben");
    await follow(page, page.locator("main form button[type=submit]"));
    await sign_out(page, by_pointer);
    assert.equal(await page.locator("input[name=sure]").count(), 1, "it does not ask once more");
    await check_page(page);
  },

  "a code that is not valid is said at the field, and what was typed stays": async ({ window }) => {
    const page = await window();
    page.expects = [422];
    await page.goto("/join");
    await page.locator("[name=code]").fill("ABCD-EFGH");
    await follow(page, page.locator("main form button[type=submit]"));
    assert.equal(await page.locator("[name=code]").inputValue(), "ABCD-EFGH");
    assert.equal(await page.locator("[name=code]").getAttribute("aria-invalid"), "true");
    await check_page(page);
  },

  "a logo is uploaded, stands on every page and on paper, is removed and brought back": async ({ server, window }) => {
    founded ??= found(server, window);
    await keep_logo(await window({ storage: await founded }));
  },
};
