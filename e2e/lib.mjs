// What journeys and the contact sheet stand on: a server with a fresh example library, a browser, and the look at a page that
// every visit ends with. Knows addresses and roles, nothing of what a page means.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const kBinary = process.env.KEDGE_BINARY ?? join(root, "build", "release", "kedge");
const kBrowser = process.env.KEDGE_CHROMIUM ?? "/usr/bin/chromium";
const kStartMs = 15000;
const kSilenceMs = 800;  // more than kWaitMs of saver.js

async function module_of(name) {
  try { return await import(name); } catch { throw new Error(`${name} is missing; run: npm ci --ignore-scripts`); }
}

function free_port() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject).listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => resolve(port)); });
  });
}

async function healthy(address, child) {
  for (const until = Date.now() + kStartMs; Date.now() < until;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    try { if ((await fetch(`${address}/health`)).ok) return; } catch { /* not yet */ }
    await new Promise((later) => setTimeout(later, 40));
  }
  throw new Error("the server does not answer GET /health");
}

// A server on a free port. `data` is a folder of an earlier one (another process on the same data), else a fresh example library;
// `empty`: nothing at all is founded yet.
export async function start_server({ data = "", empty = false, options = [] } = {}) {
  if (!existsSync(kBinary)) throw new Error(`${kBinary} is not built; run ./run --check or set KEDGE_BINARY`);
  const own = data === "";
  const folder = own ? mkdtempSync(join(tmpdir(), "kedge-e2e-")) : data;
  if (own && !empty) {
    const made = spawnSync(kBinary, ["init", "--example", "--data", folder], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`kedge init failed: ${made.stderr || made.stdout}`);
  }
  const port = await free_port();
  const child = spawn(kBinary, ["serve", "--data", folder, "--port", String(port), ...options], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => { log = (log + bytes).slice(-100000); });
  const address = `http://127.0.0.1:${port}`;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async (signal = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
    if (own && signal !== "SIGKILL") rmSync(folder, { recursive: true, force: true });
  };
  try {
    await healthy(address, child);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${log}`);
  }
  return { address, folder, stop, log: () => log };
}

export async function start_browser() {
  const { chromium } = await module_of("playwright-core");
  return chromium.launch({
    executablePath: kBrowser,
    args: ["--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
}

// One person's browser window. Options: language ("en"), width (1280), scripts (true), dark (false), storage.
export async function open_window(browser, server, { language = "en", width = 1280, height = 900, scripts = true, dark = false, storage } = {}) {
  const context = await browser.newContext({
    baseURL: server.address, viewport: { width, height }, javaScriptEnabled: scripts, locale: language === "es" ? "es-US" : "en-US",
    colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", storageState: storage, timezoneId: "America/Chicago",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.without_scripts = !scripts;
  page.trouble = [];
  page.on("filechooser", () => {});  // from the first: asked for with the key that opens it, the browser hears of it too late at times
  page.on("console", (message) => { if (message.type() === "error" && !expected(page, message)) page.trouble.push(`console: ${message.text()} ${message.location().url}`); });
  page.on("pageerror", (error) => page.trouble.push(`script: ${error.message}`));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`)));
  return page;
}

// A journey that provokes an answer (a conflict, a lost line) says so in page.expects: [409].
const expected = (page, message) => (page.expects ?? []).some((status) => message.text().includes(String(status)));

// A library of one's own beside the others, whose lead signs in with kLeadPassword.
export const kLeadPassword = "a long kettle sings";
export function add_library(server, name, lead, email) {
  const made = spawnSync(kBinary, ["library", "add", "--name", name, "--lead", lead, "--email", email, "--data", server.folder], { input: `${kLeadPassword}\n`, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`kedge library add failed: ${made.stderr || made.stdout}`);
}

// How somebody fills and presses: with a pointer, or by keys alone. A journey that takes a hand is told once and runs both ways.
export const by_pointer = {
  go: (page, field) => field.click(),
  fill: (page, field, words) => field.fill(words),
  date: (page, field, day) => field.fill(day),
  // a box that is drawn by its label lies aside
  tick: async (page, box) => { const id = await box.getAttribute("id"); await (id ? page.locator(`label[for="${id}"]`) : box).click(); },
  choose: (page, field, file) => field.setInputFiles(file),
  press: (page, target) => target.click(),
};
export const by_keys = {
  go: reach,
  fill: async (page, field, words) => { await reach(page, field); await page.keyboard.press("Control+A"); await page.keyboard.type(words); },
  date: async (page, field, day) => { const [year, month, of_month] = day.split("-"); await reach(page, field); await page.keyboard.type(month + of_month + year); },
  tick: async (page, box) => { await reach(page, box); await page.keyboard.press("Space"); },
  choose: async (page, field, file) => {
    await reach(page, field);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
    await chooser.setFiles(file);
  },
  press: async (page, target) => { await reach(page, target); await page.keyboard.press("Enter"); },
};

async function reach(page, target) {
  if (!await target.evaluate((element) => element === document.activeElement)) await tab_to(page, target, 300);
}

// Does what leads to another page, a click or a key, and waits until that is there.
export async function arrive(page, work) {
  await Promise.all([page.waitForNavigation(), work()]);
  await page.waitForLoadState();
}
export const follow = (page, target, hand = by_pointer) => arrive(page, () => hand.press(page, target));
// The main form of the page is sent.
export const send = (page, hand) => follow(page, page.locator("main form.k-form button[type=submit]").last(), hand);
// A form saves itself where scripts run, after a silence; its button does where they don't.
export async function save(page, form, hand = by_pointer) {
  if (page.without_scripts) return follow(page, form.locator("button[type=submit]").first(), hand);
  await page.waitForTimeout(kSilenceMs);
  await form.locator("[data-saved][data-state=saved]").waitFor();
}
export async function sign_in(page, email, password = kLeadPassword, hand = by_pointer) {
  await page.goto("/sign-in");
  await hand.fill(page, page.locator("#f-email"), email);
  await hand.fill(page, page.locator("#f-password"), password);
  await send(page, hand);
}

// "Look around as ...": `who` is a part of the button's words, such as "Rosa".
export async function look_round_as(page, who) {
  await page.goto("/");
  const named = page.getByRole("button", { name: who });
  if (!await named.first().isVisible()) await page.locator("details", { has: named }).first().locator("summary").click();
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/example/")), named.first().click()]);
  await page.waitForLoadState();
}

export async function speak(page, language) {
  const button = page.locator(`form[action="/language"] button[value="${language}"]`);
  if (await button.count()) await follow(page, button.first());
}

// In the browser: what can be seen to be wrong without knowing what the page is.
function look(width) {
  const wrong = [];
  const name = (element) => `${element.localName}${element.id ? "#" + element.id : ""}${typeof element.className === "string" && element.className ? "." + element.className.trim().split(/\s+/).join(".") : ""} "${(element.innerText ?? "").trim().slice(0, 40)}"`;
  const scrolls = (element) => { for (let at = element; at && at !== document.body; at = at.parentElement) if (/(auto|scroll)/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true; return false; };
  const seen = (element) => element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;
  const aside = (box) => box.right <= 0 || box.bottom <= 0;  // for who hears the page

  if (document.documentElement.scrollWidth > width) {
    const widest = [...document.body.querySelectorAll("*")].filter((element) => seen(element) && element.getBoundingClientRect().right > width + 1 && !scrolls(element)).slice(-3);
    wrong.push(`the page scrolls sideways (${document.documentElement.scrollWidth} of ${width}): ${widest.map(name).join(", ")}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (!seen(element) || !element.childNodes.length) continue;
    const own_text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const style = getComputedStyle(element);
    if (own_text && /(hidden|clip)/.test(style.overflowX + style.overflowY) && !element.closest(".usa-sr-only")
      && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2)) wrong.push(`text is cut off: ${name(element)}`);
    if (element.localName === "textarea" || !own_text || scrolls(element) || aside(element.getBoundingClientRect())) continue;
    const box = element.getBoundingClientRect();
    if (style.position !== "absolute" && !element.closest(".usa-sr-only") && (box.left < -1 || box.right > width + 1)) wrong.push(`text leaves the page: ${name(element)}`);
  }
  const targets = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']");
  for (const element of targets) {
    if (!seen(element) || element.disabled) continue;
    // In a sentence a link is as high as its line (WCAG 2.2, 2.5.8, exception "inline").
    if (element.localName === "a" && getComputedStyle(element).display === "inline") continue;
    const label = element.labels?.[0];
    const boxes = [element, label].filter(Boolean).map((one) => one.getBoundingClientRect()).filter((box) => !aside(box));
    if (boxes.length && !boxes.some((box) => box.width >= 23.5 && box.height >= 23.5)) wrong.push(`a target under 24 pixels (${Math.round(boxes[0].width)} x ${Math.round(boxes[0].height)}): ${name(element)}`);
  }
  const ids = new Set();
  for (const { id } of document.querySelectorAll("[id]")) { if (ids.has(id)) wrong.push(`id twice: ${id}`); ids.add(id); }
  if (document.querySelectorAll("h1").length !== 1) wrong.push(`${document.querySelectorAll("h1").length} headings of the first level`);
  if (!document.title.trim()) wrong.push("no title");
  return [...new Set(wrong)].slice(0, 12);
}

let axe_source = "";

// The page as it stands, in a window where scripts run but none of its own do. Where scripts are off, no promise and no timer of
// axe would ever come back.
async function as_still(page) {
  const html = (await page.content()).replace(/<\/?noscript>/g, "");
  const url = page.url();
  const context = await page.context().browser().newContext({ viewport: page.viewportSize(), storageState: await page.context().storageState(), reducedMotion: "reduce" });
  await context.route("**/*", (route) => {
    if (route.request().resourceType() === "document") return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
    return route.request().resourceType() === "script" ? route.fulfill({ contentType: "text/javascript", body: "" }) : route.continue();
  });
  const still = await context.newPage();
  still.trouble = page.trouble;
  await still.goto(url);
  return still;
}

// Everything that is wrong with the page as it stands, in words; empty when nothing is. Its scripts must run (as_still).
export async function look_at(page, { width, with_axe = true } = {}) {
  axe_source ||= readFileSync(join(root, "node_modules", "axe-core", "axe.min.js"), "utf8");
  const before = page.viewportSize();
  if (width && width !== before.width) await page.setViewportSize({ width, height: before.height });
  const wrong = await page.evaluate(look, width ?? before.width);
  if (with_axe && !await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe_source);
  // "region" and its like are best practices that we hold too.
  const run_axe = () => globalThis.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
  for (const violation of with_axe ? (await page.evaluate(run_axe)).violations : []) wrong.push(`axe ${violation.id} (${violation.impact}): ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
  wrong.push(...page.trouble.splice(0));
  if (width && width !== before.width) await page.setViewportSize(before);
  return wrong;
}

// The look that journeys take at every page they come to, at 320 and 1280 pixels; axe at one of them, since the contact sheet lets
// it see both. Throws with everything that is wrong.
export async function check_page(page) {
  const still = page.without_scripts ? await as_still(page) : page;
  try {
    for (const width of [320, 1280]) {
      const wrong = await look_at(still, { width, with_axe: width === 1280 });
      if (wrong.length) throw new Error(`${new URL(page.url()).pathname} at ${width} pixels:\n  ${wrong.join("\n  ")}`);
    }
  } finally {
    if (still !== page) await still.context().close();
  }
}

// The same page in both languages; it ends in English.
export async function check_both(page) {
  for (const language of ["es", "en"]) {
    await speak(page, language);
    if (await page.locator("html").getAttribute("lang") !== language) throw new Error(`${page.url()} does not speak ${language}`);
    await check_page(page);
  }
}

// Nothing is lost by a key: presses Tab until `locator` has the focus.
async function tab_to(page, locator, most = 80) {
  for (let at = 0; at < most; ++at) {
    await page.keyboard.press("Tab");
    if (await locator.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`no way by Tab to ${locator}`);
}

// The words of the Nu checker about all files of a folder, one run; empty when it has none.
export function check_html(folder) {
  const jar = join(root, "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
  if (!existsSync(jar)) throw new Error("vnu-jar is missing; run: npm ci --ignore-scripts");
  const run = spawnSync("java", ["-Xss2m", "-jar", jar, "--format", "json", "--skip-non-html", folder], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.error) throw new Error(`java could not be started: ${run.error.message}`);
  const { messages } = JSON.parse(run.stderr || '{"messages":[]}');
  return messages.filter((message) => message.type === "error" || message.subType === "warning")
    .map((message) => `${(message.url ?? "").split("/").pop()}:${message.lastLine ?? "?"}: ${message.message}`);
}
