// A browser at a shared desk: what its profile keeps of what somebody typed, after signing out, and when it was cut off instead.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { folder } from "../service.mjs";
import { bytes_under } from "./stores.mjs";

const kBrowser = process.env.KEDGE_CHROMIUM ?? "/usr/bin/chromium";
const kArguments = ["--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
export const has_browser = () => spawnSync(kBrowser, ["--version"]).status === 0;

const kWritten_ms = 4000;  // Chromium writes its session and its local storage after some seconds

const not_looked_at = (path) => /(GraphiteDawnCache|ShaderCache|GrShaderCache|component_crx_cache|Safe Browsing|hyphen-data|ZxcvbnData|OnDeviceHeadSuggestModel)/.test(path);

async function sit_down(place, address, { email, password }) {
  const { chromium } = await import("playwright-core");
  const context = await chromium.launchPersistentContext(place, { executablePath: kBrowser, args: kArguments, baseURL: address, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  const page = context.pages()[0] ?? await context.newPage();
  page.setDefaultTimeout(60000);
  page.setDefaultNavigationTimeout(60000);
  await page.goto("/sign-in");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  const shared = page.locator("label", { hasText: "shared computer" });
  if (await shared.count()) await shared.first().click();
  await Promise.all([page.waitForURL((url) => url.pathname !== "/sign-in", { waitUntil: "commit" }), page.locator("form[action^='/sign-in'] button[type=submit]").first().click()]);
  return { context, page };
}

const own = (page) => page.locator("form[action*='/personal']", { has: page.locator("textarea") }).first();
const saved = (form) => form.locator("[data-saved][data-state=saved]").waitFor();

// Writes into an answer of one's own and into the comment of an open list, with and without scripts' help.
async function write(page, section, { own_words, comment }) {
  await page.goto(section);
  const form = own(page);
  await form.locator("textarea").first().fill(own_words);
  await saved(form);
  const marks = page.locator("form[action$='/marks']");
  await marks.locator("textarea").fill(comment);
  await saved(marks);
  await page.waitForTimeout(kWritten_ms);
  await page.reload();
}

// The profile of somebody who wrote, read it again, and signed out.
export async function after_sign_out(address, who, section, words) {
  const place = join(folder("profile"), "chromium");
  const { context, page } = await sit_down(place, address, who);
  await write(page, section, words);
  await page.goto("/sign-out");
  await Promise.all([page.waitForLoadState("load"), page.locator("form[action='/sign-out'] button[type=submit]").first().click()]);
  await page.waitForURL((url) => url.pathname === "/" || url.pathname === "/sign-in");
  await page.waitForTimeout(300);
  await context.close();
  return bytes_under(place, not_looked_at);
}

// Somebody typed while the network was away, and the machine fell over. `careless`: what a script of ours must never do.
export async function cut_off(address, who, section, words, careless) {
  const place = join(folder("profile"), "chromium");
  const { context, page } = await sit_down(place, address, who);
  await page.goto(section);
  await context.setOffline(true);
  const form = own(page);
  await form.locator("textarea").first().fill(words.own_words);
  await form.locator("[data-saved][data-state=offline]").waitFor();
  if (careless) await page.evaluate((text) => localStorage.setItem("kedge-draft:planted", text), words.own_words);
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("kedge-draft:")).length);
  await page.locator("form[action$='/marks'] textarea").fill(words.comment);
  await page.waitForTimeout(kWritten_ms + 1500);
  const bytes = bytes_under(place, not_looked_at);
  await context.setOffline(false);
  await context.close();
  return { bytes, kept };
}
