// A disk that is full for real (a small tmpfs in a mount namespace of its own), and a PostgreSQL that is stopped and started again
// under a running server: clear words, nothing half-saved, what was acknowledged is there, recovery by itself.
import { appendFileSync, existsSync, rmSync, statfsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { binary, cluster, enter, folder, must, once, plain, run, serve, sleep, Tally, team_answers, workbook } from "./service.mjs";

const kDisk_mb = 24;
const kRecover_ms = 20000;

// Into a namespace where mounting concerns nobody else: as root, or as a user where the kernel lets users do so.
if (process.argv[2] !== "inside") {
  const way = [["-m"], ["-rm"]].find((flags) => run("unshare", [...flags, "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]).ok);
  if (way) process.exit(spawnSync("unshare", [...way, process.execPath, process.argv[1], "inside"], { stdio: "inherit" }).status ?? 1);
  console.log("a full disk is not looked at: mounting is not allowed here (unshare -m)");
}
const inside = process.argv[2] === "inside";
const tally = new Tally();
const expect = (truth, words) => { if (!truth) throw new Error(words); };
const write = (person, target, text, key) => person.save(target.action, { ...target.others, [target.field]: text, version: target.version, once: key });
const revisions = (person, target) => person.page(target.action.replace(/\/team(?=\?|$)/, "/team/revisions"));
const heading = (html) => plain(/<h1[^>]*>([^<]*)/.exec(html)?.[1] ?? "").trim();

function fill(place) {
  for (const step of [1 << 20, 1 << 12, 1]) {
    const part = Buffer.alloc(step, 7);
    try { for (;;) appendFileSync(join(place, "filler"), part); } catch (error) { if (error.code !== "ENOSPC") throw error; }
  }
  expect(statfsSync(place).bavail === 0, "there is room left");
}

async function full_disk() {
  const place = folder("full");
  must("mount", ["-t", "tmpfs", "-o", `size=${kDisk_mb}m`, "tmpfs", place]);
  const where = ["--data", join(place, "data")];
  must(binary, ["init", "--example", ...where]);
  const server = await serve(where);
  const rosa = await enter(server.address, "Rosa");
  const [target, other] = await team_answers(rosa, await workbook(rosa));
  const kept = [];
  const save = async (text, key = once()) => {
    const got = await write(rosa, target, text, key);
    if (got.status === 200) { target.version = JSON.parse(got.text).version; kept.push(text); }
    return got;
  };
  const long = (name) => `${name} ${"words ".repeat(400)}end-of-${name}`;
  const refused = { text: "", key: once() };

  await tally.check("full disk: before, a save is taken", async () => expect((await save(long("before"))).status === 200, "it is not"));
  fill(place);
  await tally.check("full disk: sooner or later a save is refused, in words for people", async () => {
    let got;
    for (let at = 0; at < 2000; ++at) {  // the log has room from before
      refused.text = long(`save-${at}`);
      refused.key = once();
      got = await save(refused.text, refused.key);
      if (got.status !== 200) break;
    }
    expect(got.status === 503, `it answered ${got.status} after ${kept.length} saves`);
    const { error } = JSON.parse(got.text);
    console.log(`  says: ${error} (after ${kept.length} saves)`);
    expect(/\w+ \w+/.test(error) && !/sqlite|errno|SQLITE|store\./.test(error), `it says ${error}`);
    expect(got.headers.get("retry-after"), "it does not say when to try again");
  });
  await tally.check("full disk: without scripts too, on a page of its own", async () => {
    const got = await rosa.send(other.action, { ...other.others, csrf: rosa.csrf, [other.field]: "end-of-by-hand", version: other.version, once: once() });
    expect(got.status === 503, `it answered ${got.status}`);
    expect(got.text.includes("<html") && heading(got.text), "there is no page");
    console.log(`  says: ${heading(got.text)}`);
  });
  await tally.check("full disk: everything can be read, nothing is half-saved", async () => {
    expect((await rosa.ask("/health")).status === 200, "/health does not answer");
    const page = await revisions(rosa, target);
    expect(!page.includes(`end-of-${refused.text.split(" ")[0]}`), "a refused text is there");
    expect((await rosa.page(target.section)).includes(`end-of-${kept.at(-1).split(" ")[0]}`), "the last text that was taken is not shown");
    expect(!(await rosa.page(other.section)).includes("end-of-by-hand"), "a refused text is shown");
  });
  await tally.check("full disk: a backup says so and leaves no half file", () => {
    const got = run(binary, ["backup", join(place, "one.kedge"), ...where]);
    expect(got.status === 5, `it ended with ${got.status}: ${got.text}`);
    expect(!existsSync(join(place, "one.kedge")) && !existsSync(join(place, "one.kedge.part")), "a half file is left");
  });
  rmSync(join(place, "filler"));
  await tally.check("full disk: when there is room again the same save is taken, by itself", async () => {
    const began = performance.now();
    let got;
    do { got = await save(refused.text, refused.key); if (got.status !== 200) await sleep(100); } while (got.status !== 200 && performance.now() - began < kRecover_ms);
    expect(got.status === 200, `it answered ${got.status}: ${got.text}`);
    console.log(`  recovered after ${Math.round(performance.now() - began)} ms`);
    expect((await save("and the next one")).status === 200, "the next one is not");
  });
  await tally.check("full disk: whatever was acknowledged is there, once, and all is whole", async () => {
    const page = await revisions(rosa, target);
    const named = kept.slice(-20).map((text) => text.match(/end-of-\S+/)?.[0] ?? text);
    for (const name of named) expect(page.includes(name), `${name} is lost`);
    await server.stop();
    const count = must("sqlite3", [join(place, "data", "kedge.db"), "SELECT count(*) - count(DISTINCT body) FROM answer_revision WHERE body LIKE '%end-of-%'"]);
    expect(count === "0", `${count} texts are there twice`);
    const stored = Number(must("sqlite3", [join(place, "data", "kedge.db"), "SELECT count(*) FROM answer_revision WHERE body LIKE '%end-of-%'"]));
    expect(stored === kept.filter((text) => text.includes("end-of-")).length, `${stored} of ${kept.length} are stored`);
    const checked = run(binary, ["check", ...where]);
    expect(checked.ok, checked.text);
  });
  await server.stop();
  must("umount", [place]);
}

// Several people write on while the database is stopped in an orderly way and started again.
async function stopped_database() {
  const postgres = cluster();
  const base = postgres.database("stopped");
  const where = ["--data", join(folder("stopped"), "data"), ...base.where];
  must(binary, ["init", "--example", ...where]);
  const server = await serve(where);
  const people = [await enter(server.address, "Rosa"), await enter(server.address, "June")];
  const answers = await team_answers(people[0], await workbook(people[0]));
  const kept = [];
  const answered = new Map();
  let going = true;
  const storm = people.map(async (person, who) => {
    const target = { ...answers[who] };
    for (let at = 0; going; ++at) {
      const text = `stop-${who}-${at}-end`;
      const key = once();
      for (;;) {  // word for word until it is taken
        const got = await write(person, target, text, key);
        answered.set(got.status, (answered.get(got.status) ?? 0) + 1);
        if (got.status === 200) { target.version = JSON.parse(got.text).version; kept.push({ target, text }); break; }
        if (got.status !== 503) throw new Error(`a save answered ${got.status}: ${got.text.slice(0, 300)}`);
        if (/postgres|libpq|socket|sqlstate/i.test(got.text)) throw new Error(`it tells what is no concern of a writer: ${got.text}`);
        await sleep(100);
      }
    }
  });
  const running = Promise.all(storm);
  await tally.check("PostgreSQL stopped and started under two writers: every save is refused clearly or kept, once", async () => {
    const nothing_broke = running.then(() => { throw new Error("the writers ended"); });
    while (kept.length < 6) await Promise.race([nothing_broke, sleep(50)]);
    const before = kept.length;
    postgres.crash("fast");
    await Promise.race([nothing_broke, sleep(1500)]);
    const away = await people[0].ask("/workbooks");
    expect(away.status === 503 && heading(away.text), `a page answered ${away.status}`);
    postgres.restart();
    const back = kept.length;
    for (const until = Date.now() + kRecover_ms; kept.length < back + 10; await Promise.race([nothing_broke, sleep(50)])) expect(Date.now() < until, "nothing is saved after it came back");
    nothing_broke.catch(() => {});
    going = false;
    await running;
    console.log(`  ${before} saves before, ${kept.length} in all; answers ${[...answered].map(([status, times]) => `${status}: ${times}`).join(", ")}`);
    expect(answered.get(503) > 3, "too little was tried");
    for (const who of [0, 1]) {
      const bodies = base.sql(`SELECT body FROM answer_revision WHERE body LIKE '%stop-${who}-%'`);
      for (const { text } of kept.filter(({ text: one }) => one.startsWith(`stop-${who}-`))) {
        const times = bodies.split(text).length - 1;
        expect(times === 1, `${text} is there ${times} times`);
      }
    }
  });
  going = false;
  await running.catch(() => {});
  await server.stop();
  await tally.check("PostgreSQL stopped and started: all is whole", () => { const checked = run(binary, ["check", ...where]); expect(checked.ok, checked.text); });
}

if (inside) await full_disk();
await stopped_database();
if (inside) tally.end();
console.log(`${tally.passed} passed, ${tally.failed} failed, 1 skipped`);
process.exit(tally.failed ? 1 : 0);
