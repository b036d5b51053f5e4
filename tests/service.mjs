// What tests under stress and the bench stand on: `kedge serve` processes, a PostgreSQL cluster of their own, and a person who
// reads pages and sends forms over plain HTTP.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const binary = process.env.KEDGE_BINARY ?? join(root, "build", "release", "kedge");
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const children = new Set();
const folders = new Set();
const clusters = new Set();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of clusters) run(join(root, "tests", "pg-cluster"), ["stop", folder]);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

export function folder(name) {
  const made = mkdtempSync(join(tmpdir(), `kedge-${name}-`));
  folders.add(made);
  return made;
}

export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", timeout: 120000, maxBuffer: 1 << 27, ...options });
  return { ok: done.status === 0, status: done.status, out: done.stdout ?? "", text: `${done.stdout ?? ""}${done.stderr ?? ""}${done.error ?? ""}` };
}

export function must(command, args, options) {
  const done = run(command, args, options);
  if (!done.ok) throw new Error(`${command} ${args.join(" ")}: ${done.text}`);
  return done.out.trim();
}

export function free_port() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject).listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => resolve(port)); });
  });
}

// A started process that ends with this one.
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  children.add(child);
  child.log = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => { child.log = (child.log + bytes).slice(-20000); });
  child.ended = new Promise((done) => child.once("exit", () => { children.delete(child); done(); }));
  child.stop = async (signal = "SIGTERM") => { if (child.exitCode === null && child.signalCode === null) child.kill(signal); await child.ended; };
  return child;
}

// `where`: options that name the data, such as ["--data", FOLDER]
export async function serve(where, options = []) {
  if (!existsSync(binary)) throw new Error(`${binary} is not built; run ./run --check or set KEDGE_BINARY`);
  const port = await free_port();
  const began = performance.now();
  const child = start(binary, ["serve", ...where, "--port", String(port), "--requests-per-second", "0", "--log", "warn", ...options]);
  const address = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + 20000; ;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${child.log}`);
    try { if ((await fetch(`${address}/health`)).ok) break; } catch { /* not yet */ }
    if (Date.now() > until) { await child.stop("SIGKILL"); throw new Error(`the server does not answer: ${child.log}`); }
    await sleep(5);
  }
  return { address, port, pid: child.pid, child, ready_ms: performance.now() - began, log: () => child.log, stop: child.stop };
}

// A cluster of its own. `database()` makes a database with a role for the server that owns no table.
export function cluster() {
  const place = folder("pg");
  const command = join(root, "tests", "pg-cluster");
  let admin = must(command, ["start", place]).split("\n").pop();
  clusters.add(place);
  const of = (name, user) => admin.replace("/postgres?user=postgres", `/${name}?user=${user}`);
  const sql = (text, name = "postgres") => must("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text, of(name, "postgres")]);
  const bin = must("sh", ["-c", "ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1"]);
  return {
    sql,
    database(name) {
      sql(`CREATE DATABASE ${name}`);
      sql(`CREATE ROLE ${name}_serves LOGIN`);
      sql(`ALTER DATABASE ${name} SET synchronous_commit = on`);  // the cluster is set to forget: not what is looked at here
      return { name, where: ["--database", of(name, `${name}_serves`), "--database-owner", of(name, "postgres")], sql: (text) => sql(text, name) };
    },
    // as when the machine falls over; "fast": as somebody stops it
    crash(mode = "immediate") {
      const pg_ctl = [join(bin, "pg_ctl"), "-D", join(place, "data"), "-m", mode, "-w", "stop"];
      if (process.getuid() === 0) must("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", ...pg_ctl], { cwd: "/" });
      else must(pg_ctl[0], pg_ctl.slice(1));
    },
    restart() { admin = must(command, ["start", place]).split("\n").pop(); },
  };
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
export const plain = (html) => html.replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all);

// The forms of a page: where each goes, its hidden fields and the names of its text fields.
export function forms(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head, inside]) => {
    const hidden = Object.fromEntries([...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]));
    const texts = [...inside.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g)].map(([, name, value]) => ({ name, value: plain(value.replace(/^\n/, "")) }));
    return { action: plain(/ action="([^"]*)"/.exec(head)?.[1] ?? ""), autosave: head.includes("data-autosave"), hidden, texts, words: plain(inside.replace(/<[^>]+>/g, " ")) };
  });
}

export const once = () => randomBytes(16).toString("base64url");

// The Node of Debian 12 gives all cookies of an answer in one line; a day in it has a comma too, but no "name=" behind it.
const cookies_of = (headers) => headers.getSetCookie?.() ?? (headers.get("set-cookie") ?? "").split(/,(?=\s*[^;,=\s]+=)/).map((line) => line.trim()).filter(Boolean);

// Somebody with cookies. After a restart, or at another process of the same data: `at(address)`.
export class Person {
  constructor(address, cookies = {}) { this.address = address; this.cookies = cookies; this.csrf = ""; }
  at(address) { const same = new Person(address, this.cookies); same.csrf = this.csrf; return same; }
  cookie() { return Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join("; "); }

  async ask(path, { method = "GET", body, headers = {}, signal } = {}) {
    const got = await fetch(this.address + path, { method, body, redirect: "manual", signal: signal ?? AbortSignal.timeout(20000), headers: { ...headers, cookie: this.cookie() } });
    for (const line of cookies_of(got.headers)) { const [, name, value] = /^([^=]+)=([^;]*)/.exec(line); this.cookies[name] = value; }
    return { status: got.status, headers: got.headers, text: await got.text() };
  }

  async page(path) {
    const got = await this.ask(path);
    if (got.status >= 300 && got.status < 400) return this.page(got.headers.get("location"));
    if (got.status !== 200) throw new Error(`GET ${path}: ${got.status} ${plain(got.text.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ").slice(0, 300)}`);
    this.csrf = plain(/ data-csrf="([^"]*)"/.exec(got.text)?.[1] ?? this.csrf);
    return got.text;
  }

  send(path, fields, headers = {}) { return this.ask(path, { method: "POST", body: new URLSearchParams(fields), headers }); }
  save(path, fields) { return this.send(path, { csrf: this.csrf, ...fields }, { "Kedge-Fragment": "1" }); }
}

// "Look around as ..." of the example; `who` is a part of the button's words.
export async function enter(address, who) {
  const person = new Person(address);
  const door = forms(await person.page("/")).find((form) => form.action.startsWith("/example/enter/") && form.words.includes(who));
  if (!door) throw new Error(`the example has no door for ${who}`);
  const got = await person.send(door.action, door.hidden);
  if (got.status !== 303) throw new Error(`entering as ${who}: ${got.status}`);
  await person.page(got.headers.get("location"));  // where their role begins: a trustee at the findings
  return person;
}

export async function workbook(person) {
  const found = /href="(\/workbooks\/[0-9a-f-]{36})"/.exec(await person.page("/workbooks"));
  if (!found) throw new Error("there is no workbook");
  return found[1];
}

// The team's answers and rows that have a text field: { action, field, version, words, others }.
export async function team_answers(person, book) {
  const sections = [...new Set([...(await person.page(book)).matchAll(/href="(\/workbooks\/[^"/]+\/sections\/[^"?#]+)"/g)].map(([, path]) => path))];
  const found = new Map();
  for (const section of sections) {
    for (const form of forms(await person.page(section))) {
      if (!form.autosave || !/\/team(\?|$)/.test(form.action) || form.texts.length === 0) continue;
      const { csrf, once: _, version, ...others } = form.hidden;
      for (const { name, value } of form.texts.slice(1)) others[name] = value;
      found.set(form.action, { section, action: form.action, field: form.texts[0].name, version, words: form.texts[0].value, others });
    }
  }
  return [...found.values()];
}

// Prints "N passed, N failed" in the end and leaves with 1 when something failed.
export class Tally {
  passed = 0;
  failed = 0;
  async check(name, body) {
    try { await body(); this.passed += 1; console.log(`ok ${name}`); }
    catch (error) { this.failed += 1; console.log(`not ok ${name}: ${error.message}`); }
  }
  end() { console.log(`${this.passed} passed, ${this.failed} failed`); process.exit(this.failed ? 1 : 0); }
}
