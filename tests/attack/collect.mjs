// What each attacker gets of one installation: the loot. Nothing is judged here.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { binary, folder, must, serve, sleep } from "../service.mjs";
import { box_key, slots } from "./cipher.mjs";
import { Team } from "./people.mjs";
import { blob_of, bytes_under, keyring_rows, text_of } from "./stores.mjs";
import { birds, word } from "./words.mjs";

const kBackups = 10;
const kFeedRests_ms = 1500;  // pages say how far they know the change feed: until the feed of what was done before has been read

// The server with all that it says, from its first line.
async function started(store) {
  const server = await serve(store.where, ["--log", "trace"]);
  server.said = server.log();
  for (const stream of [server.child.stdout, server.child.stderr]) stream.on("data", (bytes) => { server.said += bytes; });
  return server;
}

// All files of a zip, one behind the other, by its list of contents (APPNOTE 4.3.12).
function unzipped(zip) {
  let text = "";
  let at = zip.readUInt32LE(zip.length - 6);
  for (let left = zip.readUInt16LE(zip.length - 12); left > 0; --left) {
    const [name, extra, comment, head] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const start = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    text += `${zip.toString("utf8", at + 46, at + 46 + name)}\n${(zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString("utf8")}\n`;
    at += 46 + name + extra + comment;
  }
  return text;
}

// Every copy of a page brings other empty rows, of which nothing is kept before somebody writes in them.
const same_rows = (html) => [...html.matchAll(/ data-new-row="([^"]*)"/g)].reduce((text, [, row], at) => text.replaceAll(row, `new-${at}`), html);

// A page with its headers, as somebody sees it; without the secrets that are masked anew each time.
async function seen(person, path) {
  const got = await person.ask(path, { headers: { "accept-encoding": "identity" } });
  const headers = [...got.headers].filter(([name]) => !["date", "set-cookie"].includes(name)).map(([name, value]) => `${name}: ${value}`);
  return `${got.status}\n${headers.join("\n")}\n\n${same_rows(got.text).replace(/(name="(?:csrf|once)" value="|data-csrf=")[^"]*/g, "$1")}`;
}

export class Collector {
  // `visit(collector)`: what else is to be done while lists are open and before people mark.
  constructor(store, visit) { Object.assign(this, { store, visit, asked: 0 }); }

  async prepare() {
    must(binary, ["init", ...this.store.where]);
    this.server = await started(this.store);
    const team = (this.team = new Team(this.server.address, this.store.where));
    team.found();
    await team.sign_in(team.members[0]);
    await team.gather();
    this.book = await team.open_workbook("Spring");
    this.sections = await team.write(this.book);
    const other = this.sections.own[0];
    await team.share("Isolde", other, "taken_back", true);
    await team.share("Thaddea", other, "open", false);
    this.unnamed = await team.raise_unnamed("Thaddea", other);
    await team.be_present("Wendeline", other);
    await team.reset("Wendeline");
    const member = team.members.find(({ name }) => name === "Ottokar");
    this.left = { part: keyring_rows(this.store.data).find(({ name }) => name === `member/${member.id}`).bytes, wraps: this.store.tables().member_wrap.filter((row) => text_of(row.member_id) === member.id).map((row) => blob_of(row.wrapped)) };
    await team.leave("Ottokar");
    this.lists = [];
    const practice = `A practice: ${word("open")}`;
    for (let at = 0; at < 4; ++at) {
      const book = await team.open_workbook("Summer");
      const section = team.sections(await team.lead.page(book)).find((path) => path.endsWith("/care"));
      await team.propose("Isolde", section, practice);
      this.lists.push({ book, ...(await team.open_list(section)) });
    }
    await this.visit?.(this);
    for (const { person } of team.staying) for (const { section } of this.lists) await person.page(section);
    await sleep(kFeedRests_ms);
  }

  watchers() { return ["Ysabeau", "Zephyrine", "Quenby"].map((name) => ({ name, person: this.team.one(name) })); }
  paths() {
    const [{ book, section, id }] = this.lists;
    const mine = this.book;
    return [section, book, `${book}/page`, `${book}/document?format=html`, `${book}/board`, `${book}/board/document?format=html`, `${book}/export.json`, `${book}/prompts/care.marks`, `${book}/prompts/care.marks/talk`, `${book}/prompts/care.marks/talk/document?format=html`, `/lists/${id}/marks`, mine, `${mine}/page`, `${mine}/export.json`,
      this.sections.care, "/workbooks", "/findings", "/actions", "/people", "/help", `/presence?topic=answer/${book.split("/")[2]}/care.marks`];
  }

  // What can be had from outside at one moment.
  async step() {
    const pages = new Map();
    for (const { name, person } of this.watchers()) for (const path of this.paths()) { pages.set(`${name} ${path}`, await seen(person, path)); ++this.asked; }
    const nobody = await fetch(`${this.server.address}/health`);
    const scraped = [`${nobody.status} ${JSON.stringify([...nobody.headers].filter(([name]) => name !== "date"))} ${await nobody.text()}`];
    for (const path of ["/status", "/live"]) { const got = await fetch(this.server.address + path, { redirect: "manual", headers: { "accept-encoding": "identity" } }); scraped.push(`${path} ${got.status} ${got.headers.get("content-length")}`); ++this.asked; }
    return { pages, scraped, measured: await this.measured(), tables: this.store.tables() };
  }

  // What a monitor reads: how many answers each route gave so far. `asked`: how many of them we know of.
  async measured() {
    const text = await (await fetch(`${this.server.address}/metrics`)).text();
    return { asked: this.asked, text, answers: new Map([...text.matchAll(/^kedge_requests_total\{(.+)\} (\d+)$/gm)].map(([, of, times]) => [of, Number(times)])) };
  }

  backup(at) {
    const file = join(folder("backups"), `${at}.kedge`);
    must(binary, ["backup", file, ...this.store.where]);
    return readFileSync(file);
  }

  // What who leads it takes along, while lists are open.
  library() {
    const file = join(folder("library"), "library.zip");
    must(binary, ["library", "export", "--out", file, ...this.store.where]);
    return unzipped(readFileSync(file));
  }

  // People mark; nobody else does anything but read. Whatever carries a time of this while tells of a save.
  async mark() {
    const { team, lists: [seven, five, four] } = this;
    const from = Date.now();
    const log_began = this.server.said.length;
    this.asked = 0;
    const rolled = this.store.log_since();
    const steps = [await this.step()];
    const backups = [this.backup(0)];
    for (const [at, name] of ["Isolde", "Thaddea", "Ulfrida"].entries()) {
      await team.mark(team.one(name), seven, { well: [0, 3], better: [1], comment: at < 2 ? this.said[at] : word("marked") });
      steps.push(await this.step());
      for (let i = 0; i < 3; ++i) backups.push(this.backup(backups.length));
      await team.mark(team.one(name), seven, { well: [0], better: [1], comment: at < 2 ? this.said[at] : "" });
      steps.push({ tables: this.store.tables() });
    }
    while (backups.length < kBackups) backups.push(this.backup(backups.length));
    const rest = team.staying.slice(4).concat(team.staying[0]);
    for (const { person } of rest) { await person.page(seven.section); ++this.asked; }
    // Of seven: six, all, one. Of five: all, all, nobody. The same bands, other numbers.
    for (const [at, { person }] of rest.entries()) await team.mark(person, seven, { well: at < 3 ? [0] : [], better: at === 0 ? [1, 4] : [1] });
    for (const [at, { person }] of team.staying.slice(0, 5).entries()) await team.mark(person, five, { well: [0], better: [1], comment: this.said[at] ?? "" });
    for (const { person } of team.staying.slice(0, 4)) await team.mark(person, four, { well: [0], comment: word("marked") });
    await sleep(600);
    const said = this.server.said.slice(log_began);
    return { quiet: { from, to: Date.now() }, steps, backups, log: { text: said, asked: this.asked }, rolled: rolled() };
  }

  // What a search tells: for words of each class, as far as one can know them, to colleagues, the lead and who wrote them.
  async search() {
    const asked = [];
    for (const { name, person } of [...this.watchers(), { name: "Isolde", person: this.team.one("Isolde") }, { name: "Thaddea", person: this.team.one("Thaddea") }])
      for (const bird of birds) {
        await person.page("/search");
        const address = (await person.send("/search", { csrf: person.csrf, words: bird })).headers.get("location");
        asked.push({ name, bird, address, page: await person.page(address) });
      }
    return asked;
  }

  // With the keyring in hand, as root has it while a list is open: the order of the slots at each moment.
  orders(steps) {
    const [{ id }] = this.lists;
    const key = box_key(keyring_rows(this.store.data), this.team.library, id);
    return steps.map(({ tables }) => slots(key, blob_of(tables.checklist_box.find((row) => text_of(row.checklist_id) === id).sealed), this.team.library, id));
  }

  async all() {
    this.said = [word("said"), word("said")];
    await this.prepare();
    const loot = { engine: this.store.name, members: this.team.members.map(({ name, email, id, left }) => ({ name, email, id, left })), tokens: this.team.tokens, unnamed: this.unnamed };
    Object.assign(loot, await this.mark());
    loot.searched = await this.search();  // what it leaves behind on the disk is looked through below
    loot.orders = this.orders(loot.steps);
    loot.library = this.library();
    loot.open = { raw: this.store.raw() };
    this.store.keep();
    const keys = keyring_rows(this.store.data);
    const rows = loot.steps.flatMap(({ tables }) => [...tables.checklist_box, ...tables.checklist_ticket]);
    loot.sealed = { keys: keys.filter(({ name }) => name.startsWith("checklist/")).map(({ bytes }) => bytes).concat(this.left.part), boxes: [...rows.map((row) => blob_of(row.sealed)), ...this.left.wraps] };
    const first = this.server.said;
    await this.close();
    loot.closed = {};
    for (const { name, person } of this.watchers().slice(0, 2)) {
      const pages = [];
      for (const { section } of this.lists) pages.push(await seen(person.at(this.server.address), section));
      loot.closed[name] = { said: pages.slice(0, 2), unsaid: pages.slice(2) };
    }
    loot.after = { raw: this.store.raw(), keys: bytes_under(this.store.data, (path) => !/keys\.db/.test(path)), tables: this.store.tables(), backup: this.backup("after") };
    loot.whole_log = first + this.server.said;
    return loot;
  }

  // The closing day has come.
  async close() {
    await this.server.stop();
    this.store.sql("UPDATE checklist SET closes_on = '2020-01-01' WHERE state = 'open'");
    this.server = await started(this.store);
    this.team.address = this.server.address;
    for (const member of this.team.members) member.person = member.person.at(this.server.address);
    for (const until = Date.now() + 20000; this.store.sql("SELECT count(*) FROM checklist WHERE state = 'open'") !== "0"; await sleep(50))
      if (Date.now() > until) throw new Error(`the lists do not close: ${this.server.said.slice(-500)}`);
    await sleep(kFeedRests_ms);
  }
}
