// The attack of PRIVACY.md 9 on everything that a workbook stores: a library of eight writes, shares, takes back, joins, resets,
// leaves and marks; thieves of files, of backups, of logs, colleagues and whoever sits at the desk afterwards get what each can
// get; every detector must find the leak that is planted for it into a copy, and nothing in the product.
//   node tests/attack.mjs [SQLite|PostgreSQL]
import { Tally } from "./service.mjs";
import { after_sign_out, cut_off, has_browser } from "./attack/browser.mjs";
import { Collector } from "./attack/collect.mjs";
import { detectors } from "./attack/detectors.mjs";
import { password_of } from "./attack/people.mjs";
import { plants } from "./attack/plants.mjs";
import { caddy, has_caddy, has_nginx, nginx, through_a_proxy } from "./attack/proxy.mjs";
import { Postgres, Sqlite } from "./attack/stores.mjs";
import { found, word } from "./attack/words.mjs";

const tally = new Tally();
const some = (findings, what) => { if (findings.length > 0) throw new Error(`${findings.length} ${what}: ${findings.slice(0, 4).join("; ")}`); };
const began = performance.now();
const time = (what) => console.log(`  ${((performance.now() - began) / 1000).toFixed(1)} s: ${what}`);

// A browser and a proxy are the same for both engines: looked at with the first.
const isolde = ({ members: [, { name, email }] }) => ({ email, password: password_of(name) });
async function browse({ server, team, lists: [{ section }], kept }) {
  const words = () => ({ own_words: `Typed at the desk: ${word("private", "Isolde")}`, comment: word("marked") });
  kept.profile = await after_sign_out(server.address, isolde(team), section, words());
  kept.cut_off = await cut_off(server.address, isolde(team), section, words(), false);
  kept.careless_browser = await cut_off(server.address, isolde(team), section, words(), true);
  time("the browser");
}
async function proxy({ server, team, lists: [{ action }], book, store, kept }) {
  await server.stop();
  const links = { tokens: team.tokens.filter((one) => one?.length === 22), list: action, answer: `${book}/prompts/care.plan/personal`, who: isolde(team) };
  kept.proxy = await through_a_proxy(nginx, store.where, links);
  kept.careless_proxy = await through_a_proxy(nginx, store.where, links, (text) => text.replace(/ kedge if=\S+;/, " combined;"));
  time("nginx");
  if (!has_caddy()) return;
  kept.proxy = new Map([...kept.proxy, ...await through_a_proxy(caddy, store.where, links)]);
  kept.careless_caddy = await through_a_proxy(caddy, store.where, links, (text) => text.replace(/^.*exclude http$/m, ""));
  time("Caddy");
}

// A search that finds nothing proves nothing: what is there for all must be found where it lies.
const controls = [
  ["the open words lie on the disk", ({ after }) => [...after.raw.values()].some((bytes) => found("open", bytes).length > 0)],
  ["and in every backup", ({ backups }) => backups.length === 10 && backups.every((bytes) => found("open", bytes).length > 0)],
  ["and in a colleague's pages", ({ steps }) => [...steps[0].pages.values()].filter((page) => found("open", Buffer.from(page)).length > 0).length > 3],
  ["each save changed the box", ({ orders, steps }) => new Set(steps.map(({ tables }) => JSON.stringify(tables.checklist_box))).size === steps.length && orders.at(-1).filter(({ used }) => used).length === 3],
  ["five who took part are said, four are not", ({ closed }) => Object.values(closed).every(({ said, unsaid }) => said.every((page) => page.includes("k-band")) && unsaid.every((page) => !page.includes("k-band") && page.includes("k-voice")))],
  ["comments are told at the closing", ({ after }) => [...after.raw.values()].some((bytes) => found("said", bytes).length > 0)],
  ["the log tells what was read", ({ log }) => log.asked > 50 && / info GET /.test(log.text)],
  ["a save is in PostgreSQL's log of changes", ({ engine, rolled }) => engine !== "PostgreSQL" || rolled.some(({ table }) => table === "checklist_box")],
  ["the proxy logs what it may", ({ proxy }) => !proxy || [...proxy].some(([name, bytes]) => name.endsWith("access.log") && /GET \/workbooks 200/.test(bytes.toString()))],
  ["Caddy says that it is up, and nothing of requests", ({ proxy, careless_caddy }) => !careless_caddy || [proxy, careless_caddy].every((files) => /serving initial configuration/.test(files.get("caddy.log")))],
  ["the browser kept what waits, sealed", ({ cut_off }) => !cut_off || (cut_off.kept === 1 && [...cut_off.bytes].some(([name, bytes]) => /Local Storage/.test(name) && bytes.includes("kedge-draft:")))],
];

async function attack(store, { with_browser, with_proxy } = {}) {
  const collector = new Collector(store, with_browser ? browse : undefined);
  collector.kept = {};
  const loot = Object.assign(await collector.all(), collector.kept);
  time(`${store.name}: collected`);
  if (with_proxy) await proxy(collector);
  await collector.server.stop();
  Object.assign(loot, collector.kept);
  const tools = { store, ...collector.kept };
  for (const [name, holds] of controls) await tally.check(`${store.name}: ${name}`, () => { if (!holds(loot)) throw new Error("it does not"); });
  for (const { name, look } of detectors) await tally.check(`${store.name}: ${name}`, () => some(look(loot), "found"));
  for (const { name, detector, into, needs } of plants) {
    if (needs && !loot[needs]) continue;
    await tally.check(`${store.name}, planted: ${name}`, () => {
      const one = detectors.find((row) => row.name === detector);
      if (one.look({ ...loot, ...into(loot, tools) }).length === 0) throw new Error(`"${detector}" does not find it`);
    });
  }
  time(`${store.name}: looked through`);
}

const chosen = process.argv[2];
if (!has_browser()) console.log("no Chromium here: the browser's profile is not looked through");
if (!has_nginx()) console.log("no nginx here: the proxy's files are not looked through");
if (!has_caddy()) console.log("no Caddy here: its files are not looked through");
if (!chosen || chosen === "SQLite") await attack(new Sqlite(), { with_browser: has_browser(), with_proxy: has_nginx() });
if (!chosen || chosen === "PostgreSQL") await attack(new Postgres());
tally.end();
