// Backups while several people write: each is one moment, restored into either engine it is whole, holds everything that was
// acknowledged before it began, and backed up again it is the same file.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { binary, cluster, enter, folder, must, once, run, serve, sleep, Tally, team_answers, workbook } from "./service.mjs";

const kBackups = 4;
const kWriters = ["Rosa", "June", "Kayla"];
const tally = new Tally();
const place = folder("backup");
const postgres = cluster();
let number = 0;
const sqlite = () => { const data = join(place, `data-${++number}`); return { where: ["--data", data], sql: (text) => must("sqlite3", [join(data, "kedge.db"), text]) }; };
const postgresql = () => { const base = postgres.database(`backup_${++number}`); return { where: ["--data", join(place, `data-${number}`), ...base.where], sql: base.sql }; };

// The rows without the head and the checksum, which tell when it was made.
const rows_of = (file) => readFileSync(file, "utf8").split("\n").slice(1).filter((line) => !line.startsWith('{"end"'));

async function storm(person, target, who, kept, going) {
  for (let at = 0; going.on; ++at) {
    const text = `storm-${who}-${at}-end`;
    const got = await person.save(target.action, { ...target.others, [target.field]: text, version: target.version, once: once() });
    if (got.status !== 200) throw new Error(`a save answered ${got.status}: ${got.text.slice(0, 200)}`);
    target.version = JSON.parse(got.text).version;
    kept.push(text);
  }
}

const kPassphrase = { env: { ...process.env, KEDGE_PASSPHRASE: "a heron over the harbor" } };

async function engine(name, source, others) {
  must(binary, ["init", "--example", ...source.where]);
  const server = await serve(source.where);
  const people = [];
  for (const who of kWriters) people.push(await enter(server.address, who));
  const answers = await team_answers(people[0], await workbook(people[0]));
  const kept = [];
  const going = { on: true };
  const writing = Promise.all(people.map((person, who) => storm(person, { ...answers[who] }, who, kept, going)));
  writing.catch(() => {});
  await sleep(300);
  const backups = [];
  for (let at = 0; at < kBackups; ++at) {
    const file = join(place, `${name}-${at}.kedge`);
    const before = kept.length;
    const made = await new Promise((done) => execFile(binary, ["backup", file, ...source.where], (error, out, text) => done({ error, text: out + text })));
    backups.push({ file, made, before, meanwhile: kept.length - before });
  }
  going.on = false;
  await writing;
  await server.stop();
  const keys = join(place, `${name}.keys`);
  must(binary, ["key", "backup", keys, ...source.where], kPassphrase);
  console.log(`${name}: ${kept.length} saves, ${backups.map(({ meanwhile }) => meanwhile)} of them during backups`);

  await tally.check(`${name}: people wrote while each backup was made`, () => { if (!backups.every(({ made, meanwhile }) => !made.error && meanwhile > 0)) throw new Error(backups.map(({ made, meanwhile }) => `${meanwhile} ${made.text}`).join("; ")); });
  for (const [at, { file, before }] of backups.entries()) {
    const into = others[at % others.length]();
    await tally.check(`${name}, backup ${at + 1} of ${kBackups}: restored it is whole, complete and the same`, () => {
      must(binary, ["restore", file, ...into.where]);
      must(binary, ["key", "restore", keys, ...into.where], kPassphrase);
      const checked = run(binary, ["check", ...into.where]);
      if (!checked.ok) throw new Error(checked.text);
      const bodies = into.sql("SELECT body FROM answer_revision WHERE body LIKE '%storm-%'");
      const lost = kept.slice(0, before).filter((text) => !bodies.includes(text));
      if (lost.length) throw new Error(`${lost.length} of ${before} acknowledged texts are not in it: ${lost[0]}`);
      const again = `${file}.again`;
      must(binary, ["backup", again, ...into.where]);
      const [first, second] = [rows_of(file), rows_of(again)];
      const differs = first.findIndex((line, i) => line !== second[i]);
      if (differs >= 0 || first.length !== second.length) throw new Error(`line ${differs + 2} differs: ${first[differs]?.slice(0, 200)} | ${second[differs]?.slice(0, 200)}`);
      if (first.length < 100) throw new Error("there is next to nothing in it");
    });
  }
}

await engine("SQLite", sqlite(), [sqlite, postgresql]);
await engine("PostgreSQL", postgresql(), [postgresql, sqlite]);
tally.end();
