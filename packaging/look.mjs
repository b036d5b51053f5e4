// Looks at a server that has just started with the example library, as a browser without scripts would.
//   node packaging/look.mjs LOG     LOG: where the server's console goes; its first line says the address
// Prints nothing when all is well; otherwise one line, and status 1.
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const log = process.argv[2];
const fail = (what) => {
  console.error(`look: ${what}`);
  process.exit(1);
};

async function address() {
  for (let tries = 0; tries < 300; ++tries, await wait(50)) {
    const found = readFileSync(log, "utf8").match(/http:\/\/[^\s]+/);
    if (found) return found[0];
  }
  return fail("the server did not say its address within 15 seconds");
}

const base = await address();
const cookies = new Map();
async function ask(path, options = {}) {
  const headers = { ...options.headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  const reply = await fetch(new URL(path, base), { ...options, headers, redirect: "manual" });
  for (const line of reply.headers.getSetCookie?.() ?? [reply.headers.get("set-cookie")].filter(Boolean)) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
    cookies.set(name, value);
  }
  return { status: reply.status, where: reply.headers.get("location"), text: await reply.text() };
}
async function page(path, holds, options) {
  const reply = await ask(path, options);
  if (reply.status !== 200) fail(`${path} answered ${reply.status}`);
  if (!holds.test(reply.text)) fail(`${path} does not show ${holds}`);
  return reply.text;
}

await page("/health", /./);
const spanish = { headers: { "accept-language": "es" } };
await page("/", /<html lang="es"/, spanish);
const welcome = await page("/", /Rosa/);
const style = welcome.match(/rel="stylesheet" href="([^"]+)"/) ?? fail("the welcome page names no style sheet");
await page(style[1], /\{/);

const forms = [...welcome.matchAll(/<form method="post" action="(\/example\/enter\/[^"]+)"[^]*?<\/form>/g)];
const door = forms.find((form) => form[0].includes("Rosa")) ?? fail("there is no door to look round as Rosa");
const fields = new URLSearchParams([...door[0].matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
const entered = await ask(door[1], { method: "POST", body: fields });
if (entered.status !== 303) fail(`entering as Rosa answered ${entered.status}`);

const shelf = await page("/workbooks", /href="\/workbooks\/[0-9a-f-]{36}"/);
const workbook = shelf.match(/href="(\/workbooks\/[0-9a-f-]{36})"/)[1];
const overview = await page(workbook, /\/sections\//);
const sections = [...new Set([...overview.matchAll(/href="([^"]+\/sections\/[^"#]+)"/g)].map((m) => m[1]))];
if (sections.length < 3) fail("the workbook has too few sections");
for (const section of sections) await page(section, /<h1/);
for (const path of ["/findings", "/actions", "/directory", "/people"]) await page(path, /<h1/);
