// kill -9 while several people write. What the server has acknowledged must be there afterwards: the answer or a revision of it.
// Begins by losing an answer behind the server's back: a check that does not notice that proves nothing.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { binary, cluster, enter, folder, must, once, run, serve, sleep, Tally, team_answers, workbook } from "./service.mjs";

const rounds = Math.max(1, Number(process.argv[2] ?? 10) || 10);
const kWriters = 4;
const kEach = 3;  // answers of one writer
const kShortest = 40;
const kLongest = { SQLite: 600, PostgreSQL: 1500 };  // ms until the kill; a pool connects as it is needed

// A small generator of its own, so that a run can be repeated with KEDGE_SEED.
let state = Number(process.env.KEDGE_SEED ?? Date.now()) >>> 0;
console.log(`seed ${state}`);
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

// One person who writes into their own answers, and now and then into one that all share, until the server is gone.
async function write(person, mine, shared, mark, kept) {
  for (let at = 0; ; ++at) {
    const target = shared && at % 5 === 4 ? shared : mine[at % mine.length];
    const text = `${mark}-${at}-end`;
    const fields = { ...target.others, [target.field]: text, version: target.version, once: once() };
    let got;
    try { got = await person.save(target.action, fields); } catch { kept.open.push({ target, text, fields, person, alone: target !== shared }); return; }
    if (got.status === 200) {
      target.version = JSON.parse(got.text).version;
      kept.said.push({ target, text });
    } else if (got.status === 409 && target === shared) {
      kept.said.push({ target, text });  // kept beside the other's
      target.version = /name="version" value="(\d+)"/.exec(got.text)?.[1] ?? target.version;
    } else throw new Error(`${target.action} answered ${got.status}: ${got.text.slice(0, 200)}`);
  }
}

async function lost(person, said) {
  const pages = new Map();
  for (const { target } of said) {
    if (pages.has(target.action)) continue;
    const path = target.action.replace(/\/team(?=\?|$)/, "/team/revisions");
    const got = await person.ask(path);
    pages.set(target.action, got.status === 200 ? got.text : "");
  }
  return said.filter(({ target, text }) => !pages.get(target.action).includes(text));
}

// What was sent and never answered is sent again, word for word: it must be taken, once.
async function send_again(open, address) {
  const said = [];
  for (const { target, text, fields, person, alone } of open) {
    const got = await person.at(address).save(target.action, fields);
    if (got.status !== 200 && (alone || got.status !== 409)) throw new Error(`sent again, ${target.action} answered ${got.status}: ${got.text.slice(0, 200)}`);
    said.push({ target, text });
  }
  return said;
}

let number = 0;
async function round(name, where, { spoil } = {}) {
  const mark = `storm-${++number}`;
  let server = await serve(where);
  try {
    const people = [];
    for (let at = 0; at < kWriters; ++at) people.push(await enter(server.address, at % 2 ? "June" : "Rosa"));
    const answers = await team_answers(people[0], await workbook(people[0]));
    if (answers.length < kWriters * kEach + 1) throw new Error(`only ${answers.length} answers to write into`);
    const offset = Math.floor(random() * answers.length);
    const turned = [...answers.slice(offset), ...answers.slice(0, offset)];
    const shared = turned.pop();
    const kept = { said: [], open: [] };
    const writing = people.map((person, at) => write(person, turned.slice(at * kEach, at * kEach + kEach), { ...shared }, `${mark}-${at}`, kept));
    const writers = Promise.allSettled(writing);
    await sleep(kShortest + random() * (kLongest[name] - kShortest));
    await server.stop("SIGKILL");
    const broken = (await writers).find(({ status }) => status === "rejected");
    if (broken) throw broken.reason;
    if (spoil) {
      if (kept.said.length === 0) return "nothing was written";
      spoil(kept.said.at(-1).text);
    }
    server = await serve(where);
    const rosa = people[0].at(server.address);
    let missing = await lost(rosa, kept.said);
    if (spoil) return missing.length ? "" : "a lost answer was not noticed";
    if (missing.length) throw new Error(`LOST ${missing.length} of ${kept.said.length} acknowledged answers: ${missing.slice(0, 3).map(({ target, text }) => `${target.action} ${text}`).join(", ")}`);
    const again = await send_again(kept.open, server.address);
    missing = await lost(rosa, again);
    if (missing.length) throw new Error(`lost after it was sent again: ${missing[0].target.action} ${missing[0].text}`);
    await server.stop();
    const checked = run(binary, ["check", ...where]);
    if (!checked.ok) throw new Error(`kedge check: ${checked.text}`);
    acknowledged += kept.said.length;
    repeated += kept.open.length;
    return "";
  } finally { await server.stop("SIGKILL"); }
}

let acknowledged = 0;
let repeated = 0;
const tally = new Tally();
const removal = (text) => `DELETE FROM answer_revision WHERE body LIKE '%${text}%'; UPDATE answer SET body = replace(body, '${text}', 'gone') WHERE body LIKE '%${text}%'`;

async function engine(name, count, fresh, spoil) {
  await tally.check(`${name}: an answer that is taken away is noticed`, async () => {
    const wrong = await round(name, fresh(), { spoil });
    if (wrong) throw new Error(wrong);
  });
  for (let at = 1; at <= count; ++at) await tally.check(`${name}: killed while writing, ${at} of ${count}`, () => round(name, fresh()));
  console.log(`${name}: ${acknowledged} acknowledged answers, ${repeated} sent again`);
  // a storm in which nobody writes proves nothing
  await tally.check(`${name}: enough was written`, () => { if (acknowledged < 5 * count) throw new Error(`${acknowledged} acknowledged answers in ${count} rounds`); });
  acknowledged = 0;
  repeated = 0;
}

const place = folder("kill");
const first = join(place, "first");
must(binary, ["init", "--example", "--data", first]);
const data = join(place, "data");
const where = ["--data", data];
await engine("SQLite", rounds, () => { rmSync(data, { recursive: true, force: true }); cpSync(first, data, { recursive: true }); return where; },
  (text) => must("sqlite3", [join(data, "kedge.db"), removal(text)]));

const postgres = cluster();
const base = postgres.database("kill");
const there = ["--data", join(place, "pg"), ...base.where];
must(binary, ["init", "--example", ...there]);
await engine("PostgreSQL", Math.max(2, Math.floor(rounds / 4)), () => there, (text) => base.sql(removal(text)));
tally.end();
