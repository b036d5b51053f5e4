// Both engines as somebody sees them who has taken their files: rows, raw bytes, and copies that may be altered.
import { cpSync, mkdtempSync, readFileSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cluster, folder, must, run } from "../service.mjs";

function files_under(place, skip = () => false) {
  const all = [];
  for (const name of readdirSync(place)) {
    const path = join(place, name);
    if (skip(path)) continue;
    let kind;
    try { kind = statSync(path); } catch { continue; }
    if (kind.isDirectory()) all.push(...files_under(path, skip));
    else if (kind.isFile() && kind.size > 0) all.push(path);
  }
  return all;
}

// name -> bytes of every file under a folder
export function bytes_under(place, skip) {
  return new Map(files_under(place, skip).map((path) => [path.slice(place.length + 1), readFileSync(path)]));
}

const sqlite = (file, sql) => must("sqlite3", ["-bail", file, sql]);

// Every row of every table in the order in which it lies there, its place among them: { table: [{ column: literal }] }
function sqlite_tables(file) {
  const names = sqlite(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").split("\n");
  const columns = Object.fromEntries(names.map((name) => [name, []]));
  for (const line of sqlite(file, `SELECT m.name || ' ' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'`).split("\n")) {
    const [table, column] = line.split(" ");
    columns[table].push(column);
  }
  const selects = names.map((name) => `SELECT json_group_array(json_object('(place)', rowid, ${columns[name].map((c) => `'${c}', quote("${c}")`).join(", ")})) FROM "${name}"`);
  const lines = sqlite(file, selects.join(";")).split("\n");
  return Object.fromEntries(names.map((name, at) => [name, JSON.parse(lines[at])]));
}

// The bytes of a value as a table shows it.
export function blob_of(literal) {
  if (typeof literal !== "string") return Buffer.alloc(0);
  const hex = /^X'([0-9A-F]*)'$/i.exec(literal) ?? /^\\x([0-9a-f]*)$/.exec(literal);
  return hex ? Buffer.from(hex[1], "hex") : Buffer.from(literal.replace(/^'|'$/g, ""));
}
export const text_of = (literal) => (typeof literal === "string" ? literal.replace(/^'|'$/g, "") : String(literal));

export function keyring_rows(place) {
  const copy = mkdtempSync(join(folder("keys"), "copy-"));
  for (const name of readdirSync(place)) if (name.startsWith("keys.db")) cpSync(join(place, name), join(copy, name));
  return sqlite_tables(join(copy, "keys.db")).wrapped.map((row) => ({ library_id: text_of(row.library_id), name: text_of(row.name), bytes: blob_of(row.bytes) }));
}

export class Sqlite {
  name = "SQLite";
  constructor() { this.data = join(folder("attack"), "data"); this.where = ["--data", this.data]; }
  copy() { const to = join(folder("copy"), "data"); cpSync(this.data, to, { recursive: true }); return to; }
  // As they are now, or as they would be after `sql`; nothing of that stays.
  tables(sql) {
    const file = join(this.copy(), "kedge.db");
    if (sql) sqlite(file, sql);
    return sqlite_tables(file);
  }
  // What lies in the open copy of an earlier moment, altered.
  keep() { this.kept = this.copy(); }
  altered(sql) {
    const to = join(folder("altered"), "data");
    cpSync(this.kept, to, { recursive: true });
    sqlite(join(to, "kedge.db"), sql);
    return sqlite_tables(join(to, "kedge.db"));
  }
  sql(text) { return sqlite(join(this.data, "kedge.db"), text); }
  raw() { return bytes_under(this.data, (path) => /keys\.db/.test(path)); }
  // A table that kept `text` and then forgot it, as a careless program would.
  with_forgotten(text) {
    const to = this.copy();
    sqlite(join(to, "kedge.db"), `PRAGMA secure_delete = OFF; CREATE TABLE planted (words TEXT); INSERT INTO planted VALUES ('${text}'); DELETE FROM planted;`);
    return bytes_under(to, (path) => /keys\.db/.test(path));
  }
  log_since() { return () => []; }  // its log keeps pages, not times
}

export class Postgres {
  name = "PostgreSQL";
  constructor() {
    this.cluster = cluster();
    this.base = this.cluster.database("attack");
    this.data = join(folder("attack"), "data");
    this.where = ["--data", this.data, ...this.base.where];
    this.place = this.cluster.sql("SHOW data_directory");
    this.bin = must("sh", ["-c", "ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1"]);
    this.owner = this.base.where[3];
  }
  sql(text) { return this.base.sql(text); }
  tables(sql, url = this.owner) {
    const names = must("psql", ["-X", "-A", "-t", "-c", "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1", url]).split("\n");
    const all = names.map((name) => `SELECT coalesce(json_agg(row_to_json(t)), '[]')::text FROM (SELECT ctid AS "(place)", xmin AS "(transaction)", * FROM "${name}") t`);
    const lines = must("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", `BEGIN; ${sql ?? ""}`, ...all.flatMap((one) => ["-c", `SELECT regexp_replace((${one}), '\\n', '', 'g')`]), "-c", "ROLLBACK", url]).split("\n").filter(Boolean);
    return Object.fromEntries(names.map((name, at) => [name, JSON.parse(lines[at])]));
  }
  keep() {
    this.cluster.sql("CREATE DATABASE kept");
    this.kept = this.owner.replace("/attack?", "/kept?");
    const dumped = must("pg_dump", ["--no-owner", "--no-privileges", this.owner]);
    const loaded = run("psql", ["-X", "-q", this.kept], { input: dumped });
    if (!loaded.ok) throw new Error(loaded.text);
  }
  altered(sql) { return this.tables(sql, this.kept); }
  // Databases of the cluster itself hold nothing of ours.
  raw() {
    const oid = this.cluster.sql("SELECT oid FROM pg_database WHERE datname = 'attack'");
    this.cluster.sql("CHECKPOINT");
    return bytes_under(this.place, (path) => /\/base\/\d+$/.test(path) && !path.endsWith(`/${oid}`));
  }
  with_forgotten(text) {
    this.sql(`CREATE TABLE planted (words TEXT); INSERT INTO planted VALUES ('${text}'); DELETE FROM planted`);
    const raw = this.raw();
    this.sql("DROP TABLE planted");
    return raw;
  }
  // From here on: which tables the write-ahead log says were changed, and when.
  log_since() {
    const from = this.sql("SELECT pg_current_wal_insert_lsn()");
    return () => {
      const to = this.sql("SELECT pg_current_wal_flush_lsn()");
      const names = new Map(this.sql("SELECT relfilenode || ' ' || relname FROM pg_class WHERE relfilenode > 0").split("\n").map((line) => line.split(" ")));
      for (const line of this.sql("SELECT t.relfilenode || ' ' || c.relname FROM pg_class c JOIN pg_class t ON t.oid = c.reltoastrelid WHERE t.relfilenode > 0").split("\n")) names.set(...line.split(" "));
      const dump = must(join(this.bin, "pg_waldump"), ["-p", join(this.place, "pg_wal"), "-s", from, "-e", to]);
      return [...dump.matchAll(/rmgr: Heap .*desc: (INSERT|UPDATE|HOT_UPDATE|DELETE|LOCK)\b.*?rel \d+\/\d+\/(\d+)/g)].map(([, what, file]) => ({ what, table: names.get(file) ?? file }))
        .filter(({ table }) => !table.startsWith("pg_"));
    };
  }
}
