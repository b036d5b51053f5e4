// Two servers on one PostgreSQL database: what is written through one is seen at the other, two people in one answer lose nothing,
// one may be killed, and a database that goes away comes back without anybody restarting anything.
import { join } from "node:path";
import { binary, cluster, enter, folder, must, once, plain, run, serve, sleep, Tally, team_answers, workbook } from "./service.mjs";

const kSeenMs = 3000;
const kRecoverMs = 20000;

const tally = new Tally();
const postgres = cluster();
const base = postgres.database("two");
const place = folder("two");
const where = ["--data", join(place, "data"), ...base.where];
must(binary, ["init", "--example", ...where]);

const a = await serve(where);
const b = await serve(where);
const rosa = await enter(a.address, "Rosa");
const june = await enter(b.address, "June");
const answers = await team_answers(rosa, await workbook(rosa));
if (answers.length < 5) throw new Error(`only ${answers.length} answers to write into`);
const [watched, both, presence, after, away] = answers;

const write = (person, target, text) => person.save(target.action, { ...target.others, [target.field]: text, version: target.version, once: once() });
const revisions = (target) => target.action.replace(/\/team(?=\?|$)/, "/team/revisions");
const topic = (target) => `answer/${target.action.split("/")[2]}/${target.action.split("/")[4]}`;
const expect = (truth, words) => { if (!truth) throw new Error(words); };

// The event stream of one page, as text.
async function follow(person) {
  const page = await person.page("/workbooks");
  const path = plain(/ data-stream="([^"]*)"/.exec(page)[1]);
  const stop = new AbortController();
  const got = await fetch(person.address + path, { headers: { cookie: person.cookie(), accept: "text/event-stream" }, signal: stop.signal });
  expect(got.status === 200, `the stream answered ${got.status}`);
  const stream = { text: "", close: () => stop.abort() };
  (async () => {
    try { for await (const part of got.body.pipeThrough(new TextDecoderStream())) stream.text += part; } catch { /* closed */ }
  })();
  stream.wait = async (words, ms = kSeenMs) => {
    const began = performance.now();
    while (!stream.text.includes(words)) {
      if (performance.now() - began > ms) throw new Error(`no "${words}" within ${ms} ms; there was: ${stream.text.slice(-300)}`);
      await sleep(10);
    }
    return Math.round(performance.now() - began);
  };
  return stream;
}

await tally.check("what is saved through one process is found at the other, and not any more once it reads otherwise", async () => {
  const found = async () => {
    await june.page("/search");
    const sent = await june.send("/search", { csrf: june.csrf, words: "kfwagtail" });
    return (await june.page(sent.headers.get("location"))).includes("k-hits");
  };
  const target = after;
  expect(!(await found()), "a word is found before it was written");
  const saved = await write(rosa, target, "A kfwagtail at the window");
  expect(saved.status === 200, `the save answered ${saved.status}: ${saved.text}`);
  expect(await found(), "the other process does not find what was saved");
  target.version = JSON.parse(saved.text).version;
  const again = await write(rosa, target, "Nobody at the window");
  expect(again.status === 200, `the save answered ${again.status}: ${again.text}`);
  expect(!(await found()), "the other process finds what is no longer there");
  target.version = JSON.parse(again.text).version;
});

await tally.check("a save through one process comes to the event stream of the other", async () => {
  const stream = await follow(june);
  try {
    const saved = await write(rosa, watched, "Written at the first process");
    expect(saved.status === 200, `the save answered ${saved.status}: ${saved.text}`);
    const ms = await stream.wait(topic(watched));
    console.log(`  seen after ${ms} ms`);
    expect((await june.page(watched.section)).includes("Written at the first process"), "the other process shows another text");
  } finally { stream.close(); }
});

await tally.check("two saves of one version: one is taken, the other gets both texts", async () => {
  const texts = ["First text of two", "Second text of two"];
  const got = await Promise.all([write(rosa, both, texts[0]), write(june, both, texts[1])]);
  const codes = got.map(({ status }) => status).sort().join(" ");
  expect(codes === "200 409", `they answered ${codes}`);
  const late = got.find(({ status }) => status === 409).text.replace(/<\/?(ins|del)[^>]*>/g, "");  // which words differ is marked
  for (const text of texts) expect(late.includes(text), `"${text}" is not in the fragment: ${late.slice(0, 400)}`);
  for (const person of [rosa, june]) {
    const page = await person.page(revisions(both));
    for (const text of texts) expect(page.includes(text), `"${text}" is lost`);
  }
});

await tally.check("who is at one process is seen at the other", async () => {
  const stream = await follow(june);
  try {
    const told = await rosa.save("/presence", { topic: topic(presence) });
    expect(told.status === 204, `presence answered ${told.status}: ${told.text}`);
    await stream.wait(topic(presence));
    const line = `/presence?topic=${encodeURIComponent(topic(presence))}`;
    expect((await june.page(line)).includes("Rosa"), "June does not see Rosa");
    await rosa.save("/presence", { topic: topic(presence), leave: "1" });
    expect(!(await june.page(line)).includes("Rosa"), "Rosa is still seen after she has left");
  } finally { stream.close(); }
});

await tally.check("the same save sent to both processes is taken once", async () => {
  const fields = { ...after.others, [after.field]: "Sent twice", version: after.version, once: once() };
  const got = await Promise.all([rosa.save(after.action, fields), rosa.at(b.address).save(after.action, fields)]);
  expect(got.every(({ status }) => status === 200), `they answered ${got.map(({ status }) => status)}`);
  const versions = got.map(({ text }) => JSON.parse(text).version);
  expect(versions[0] === versions[1], `two versions: ${versions}`);
  after.version = versions[0];
});

await tally.check("one process killed, the other goes on", async () => {
  const before = base.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'");
  const writing = write(rosa, after, "Under way when it was killed").catch(() => null);
  await a.stop("SIGKILL");
  await writing;
  const elsewhere = rosa.at(b.address);
  await elsewhere.page("/workbooks");
  const now = (await team_answers(elsewhere, await workbook(elsewhere))).find(({ action }) => action === after.action);
  const saved = await write(elsewhere, now, "Written after the other was killed");
  expect(saved.status === 200, `the save answered ${saved.status}: ${saved.text}; advisory locks before: ${before}`);
  expect((await june.page(revisions(after))).includes("Written after the other was killed"), "the text is not there");
});

await tally.check("a database that goes away: a clear page, nothing half-saved, and it recovers by itself", async () => {
  const stream = await follow(june);
  try {
    const other = answers[0];
    const fresh = (await team_answers(june, await workbook(june))).find(({ action }) => action === away.action);
    postgres.crash();
    const began = performance.now();
    const page = await june.ask("/workbooks");
    expect(page.status === 503, `a page answered ${page.status}`);
    expect(/<h1/.test(page.text) && page.text.includes("<html"), "the 503 has no page of its own");
    console.log(`  says: ${plain(/<h1[^>]*>([^<]*)/.exec(page.text)[1]).trim()} (after ${Math.round(performance.now() - began)} ms)`);
    const secrets = /postgres|libpq|socket|sqlstate|kedge-pg/i.exec(page.text);
    expect(!secrets, `the page tells what is no concern of a reader: ${secrets?.[0]}`);
    const fields = { ...fresh.others, [fresh.field]: "Sent while it was away", version: fresh.version, once: once() };
    const refused = await june.save(fresh.action, fields);
    expect(refused.status === 503, `a save answered ${refused.status}`);
    const health = await june.ask("/health");
    expect(health.status === 503, `/health answered ${health.status}`);
    postgres.restart();
    const back = performance.now();
    let got;
    do { got = await june.ask("/workbooks"); if (got.status !== 200) await sleep(100); } while (got.status !== 200 && performance.now() - back < kRecoverMs);
    expect(got.status === 200, `after ${kRecoverMs} ms it still answers ${got.status}: ${b.log().slice(-300)}`);
    console.log(`  recovered after ${Math.round(performance.now() - back)} ms`);
    expect(!(await june.page(fresh.section)).includes("Sent while it was away"), "a refused text is half-saved");
    const again = await june.save(fresh.action, fields);
    expect(again.status === 200, `sent again it answered ${again.status}: ${again.text}`);
    expect((await june.page(revisions(fresh))).includes("Sent while it was away"), "the text is not there");
    expect(topic(other).length > 0 && await stream.wait(topic(fresh), kRecoverMs) >= 0, "the stream is silent after the database came back");
  } finally { stream.close(); }
});

await b.stop();
await tally.check("everything is whole afterwards", async () => {
  const checked = run(binary, ["check", ...where]);
  expect(checked.ok, checked.text);
});
tally.end();
