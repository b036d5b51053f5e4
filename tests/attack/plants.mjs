// The table of plants: a leak of each kind, put into a copy of the loot, and the detector that must find it. `into` changes the
// copy or gives the parts that differ; `real` ones were made by a careless program and not by hand.
import { deflateRawSync, gzipSync } from "node:zlib";
import { blob_of, text_of } from "./stores.mjs";
import { word } from "./words.mjs";

const ordered_id = (ms) => `${Math.floor(ms).toString(16).padStart(12, "0").replace(/^(.{8})(.{4})$/, "$1-$2")}-7abc-8def-0123456789ab`;
const middle = ({ quiet: { from, to } }) => Math.floor((from + to) / 2);
const with_file = (files, name, bytes) => new Map([...files, [name, Buffer.from(bytes)]]);
const last_step = (loot, change) => ({ steps: [...loot.steps.slice(0, -1), change(loot.steps.at(-1))] });
const last_tables = (loot, tables) => last_step(loot, (step) => ({ ...step, tables }));
const after_raw = (loot, name, bytes) => ({ after: { ...loot.after, raw: with_file(loot.after.raw, name, bytes) } });
const with_backup = (loot, change) => ({ backups: [...loot.backups.slice(0, -1), Buffer.from(change(loot.backups.at(-1).toString()))] });
const in_page = (loot, change) => {
  const at = loot.steps.findLastIndex(({ pages }) => pages);
  const pages = new Map(loot.steps[at].pages);
  const name = [...pages.keys()].find((one) => one.endsWith("/care"));
  pages.set(name, change(pages.get(name)));
  return { steps: loot.steps.with ? loot.steps.with(at, { ...loot.steps[at], pages }) : loot.steps.map((step, i) => (i === at ? { ...step, pages } : step)) };
};
const in_closed = (loot, what, change) => {
  const [who] = Object.keys(loot.closed);
  return { closed: { ...loot.closed, [who]: { ...loot.closed[who], [what]: [loot.closed[who][what][0], change(loot.closed[who][what][1])] } } };
};
// After the last save, so that the step before it has the tables as they were.
const altered = (sql) => (loot, { store }) => last_tables(loot, { ...loot.steps.at(-1).tables, ...only_changed(loot, store, sql(loot)) });
function only_changed(loot, store, sql) {
  const [before, now] = [store.altered(""), store.altered(sql)];
  return Object.fromEntries(Object.entries(now).filter(([name, rows]) => JSON.stringify(rows) !== JSON.stringify(before[name])));
}

export const plants = [
  { name: "a private word in a free page", detector: "private words on the disk", into: (loot, { store }) => ({ after: { ...loot.after, raw: store.with_forgotten(`forgotten ${word("private")}`) } }) },
  { name: "a private word as base64", detector: "private words on the disk", into: (loot) => after_raw(loot, "planted", `x${Buffer.from(`ab ${word("private")}`).toString("base64")}`) },
  { name: "a private word as hex", detector: "private words on the disk", into: (loot) => after_raw(loot, "planted", Buffer.from(word("private")).toString("hex")) },
  { name: "a private word in UTF-16", detector: "private words on the disk", into: (loot) => after_raw(loot, "planted", Buffer.from(word("private"), "utf16le")) },
  { name: "a private word inside a gzip stream", detector: "private words on the disk", into: (loot) => after_raw(loot, "planted", Buffer.concat([Buffer.from("head"), gzipSync(`a long text, a long text: ${word("private")}`)])) },
  { name: "a private word in a deflated file", detector: "private words on the disk", into: (loot) => after_raw(loot, "planted", deflateRawSync(`a text, a text: ${word("private")}`)) },
  { name: "the comment of a list that says nothing", detector: "private words on the disk", into: (loot) => after_raw(loot, "planted", word("marked")) },
  { name: "a word that was taken back, in a backup", detector: "words that were taken back", into: (loot) => with_backup(loot, (text) => text + word("taken_back")) },
  { name: "the token of an invitation in the database", detector: "secrets of links, codes, passwords and sessions", into: (loot) => after_raw(loot, "planted", loot.tokens.find((one) => one.length === 22)) },
  { name: "a private word in a backup", detector: "private words in a backup", into: (loot) => with_backup(loot, (text) => text.replace("\n", `\n["${word("private")}"]\n`)) },
  { name: "a backup that holds a box", detector: "boxes, tickets and keys in a backup", into: (loot) => with_backup(loot, (text) => text.replace("\n", `\n${JSON.stringify({ table: "planted", columns: ["sealed"] })}\n[{"bytes":"${loot.sealed.boxes[0].toString("base64url")}"}]\n`)) },
  { name: "a row that grows with each save, in a backup", detector: "ten backups tell no save", into: (loot) => with_backup(loot, (text) => text.replace("\n", '\n["saved",4]\n')) },
  { name: "an idempotency row beside a save", detector: "a save changes one box and nothing else", into: altered((loot) => `INSERT INTO idempotency (library_id, key, reply, until_ms) SELECT library_id, 'planted', '/', ${middle(loot) + 86400000} FROM checklist_box LIMIT 1`) },
  { name: "the last use of a session at a save", detector: "a save changes one box and nothing else", into: altered(() => "UPDATE session SET used_on = '2031-01-01' WHERE id = (SELECT min(id) FROM session)") },
  { name: "a change told to open pages", detector: "no time of a save anywhere", into: altered((loot) => `INSERT INTO change (library_id, topic, made_ms) SELECT library_id, 'box', ${middle(loot)} FROM checklist_box LIMIT 1`) },
  { name: "updated_at beside a box", detector: "no time of a save anywhere", into: altered((loot) => `ALTER TABLE checklist_box ADD COLUMN updated_at ${loot.engine === "SQLite" ? "INTEGER" : "BIGINT"}; UPDATE checklist_box SET updated_at = ${middle(loot)}`) },
  { name: "a time-ordered id in the box", detector: "what is anonymous carries no time and no member", into: altered((loot) => `ALTER TABLE checklist_box ADD COLUMN row_id TEXT; UPDATE checklist_box SET row_id = '${ordered_id(middle(loot))}'`) },
  { name: "a job that names a moment", detector: "no time of a save anywhere", into: altered((loot) => `INSERT INTO job (id, library_id, kind, body, made_ms, run_after_ms, lease_until_ms, attempts, why) SELECT '${ordered_id(middle(loot))}', library_id, 'planted', '', 0, 0, 0, 0, '' FROM checklist_box LIMIT 1`) },
  { name: "a comment with its writer", detector: "what is anonymous carries no time and no member", into: (loot) => ({ after: { ...loot.after, tables: { ...loot.after.tables, checklist_comment: loot.after.tables.checklist_comment.map((row) => ({ ...row, by: loot.members[1].id })) } } }) },
  { name: "the hour of a private answer, in its id", detector: "of a private answer the day is kept, not the hour", into: (loot) => ({ after: { ...loot.after, tables: { ...loot.after.tables, private_answer: loot.after.tables.private_answer.map((row) => ({ ...row, id: ordered_id(Date.now()) })) } } }) },
  { name: "slots in the order of the roster", detector: "slots keep no order", into: (loot) => ({ orders: loot.orders.map((slots) => [...slots].sort((a, b) => a.ticket.localeCompare(b.ticket))) }) },
  { name: "slots in the order of saving", detector: "slots keep no order", into: (loot) => ({ orders: loot.orders.map((slots) => [...slots].sort((a, b) => b.used - a.used)) }) },
  { name: "a box that grows with its comments", detector: "lengths tell nothing", into: (loot) => last_tables(loot, { ...loot.steps.at(-1).tables, checklist_box: loot.steps.at(-1).tables.checklist_box.map((row) => ({ ...row, sealed: text_of(row.sealed).replace(/(.)$/, "00$1") })) }) },
  { name: "a private answer as long as its text", detector: "lengths tell nothing", into: (loot) => last_tables(loot, { ...loot.steps.at(-1).tables, private_answer: loot.steps.at(-1).tables.private_answer.map((row) => ({ ...row, sealed: `\\x${blob_of(row.sealed).subarray(0, 101).toString("hex")}` })) }) },
  { name: "the key of a closed list, in the keyring's log", detector: "keys and boxes of closed lists, keys of who has left", into: (loot) => ({ after: { ...loot.after, keys: with_file(loot.after.keys, "keys.db-wal", Buffer.concat([Buffer.alloc(100), loot.sealed.keys[0], Buffer.alloc(9)])) } }) },
  { name: "a header that differs after a save", detector: "other members' pages before and after a save", into: (loot) => in_page(loot, (page) => page.replace(/content-length: (\d+)/, (_, size) => `content-length: ${Number(size) + 1}`)) },
  { name: "how many have saved, in a title", detector: "other members' pages before and after a save", into: (loot) => in_page(loot, (page) => page.replace("<h2", '<h2 title="3 of 7"')) },
  { name: "a colleague's private word in an export", detector: "private words of others in pages and exports", into: (loot) => in_page(loot, (page) => page + word("private", "Isolde")) },
  { name: "a word that was taken back, among the hits of a search", detector: "what a search tells", into: (loot) => ({ searched: loot.searched.map((one, at) => (at === 3 ? { ...one, page: `${one.page}<mark>${word("taken_back", "Isolde")}</mark>` } : one)) }) },
  { name: "the words of a search in its address", detector: "what a search tells", into: (loot) => ({ searched: loot.searched.map((one) => ({ ...one, address: `/search?words=${one.bird}` })) }) },
  { name: "a bar as wide as a hidden number", detector: "what is said of a closed list", into: (loot) => in_closed(loot, "said", (page) => page.replace('class="k-band"', 'class="k-band" data-width="86"')) },
  { name: "an alternative text with a number, where nothing is said", detector: "what is said of a closed list", into: (loot) => in_closed(loot, "unsaid", (page) => page.replace("<h1", '<h1 aria-label="of four"')) },
  { name: "a metric of saves", detector: "what can be scraped while people mark", into: (loot) => last_scrape(loot) },
  { name: "a save among the answers that are counted", detector: "what a monitor reads while people mark", into: (loot) => last_measure(loot, (measured) => ({ ...measured, answers: new Map([...measured.answers, ['route="-",method="-",status="303"', 1]]) })) },
  { name: "a measure of saves", detector: "what a monitor reads while people mark", into: (loot) => last_measure(loot, (measured) => ({ ...measured, text: `${measured.text}kedge_saves_total 3\n` })) },
  { name: "a line of log with a name", detector: "the log", into: (loot) => ({ whole_log: `${loot.whole_log}2026-01-01T00:00:00.000Z info ${loot.members[2].name} came\n` }) },
  { name: "a line of log at a save", detector: "the log", into: (loot) => ({ log: { ...loot.log, text: `${loot.log.text}2026-01-01T00:00:00.000Z info POST - 200 1.0 ms\n` } }) },
  { name: "a statement that failed, in PostgreSQL's own log", detector: "PostgreSQL's own log", into: (loot) => after_raw(loot, "server.log", "ERROR: canceling statement due to lock timeout\nSTATEMENT: UPDATE checklist_box SET sealed = $1\n") },
  { name: "a session that is written at a save, in the log of changes", detector: "PostgreSQL's log of changes while people mark", into: (loot) => ({ rolled: [...loot.rolled, { what: "HOT_UPDATE", table: "session" }] }) },
  { name: "who raised an unnamed finding, in the ledger", detector: "a finding of \"a team member\" leads to nobody", into: (loot) => ({ after: { ...loot.after, tables: { ...loot.after.tables, ledger: [...loot.after.tables.ledger, { record_id: loot.unnamed, member_id: loot.members[3].id }] } } }) },
  { name: "a proxy that logs as nginx does by itself", detector: "a proxy's files", needs: "proxy", into: (_, { careless_proxy }) => ({ proxy: careless_proxy }) },
  { name: "a Caddy that logs errors as it does by itself", detector: "a proxy's files", needs: "careless_caddy", into: (_, { careless_caddy }) => ({ proxy: careless_caddy }) },
  { name: "a proxy's error with the token of a link", detector: "a proxy's files", needs: "proxy", into: (loot) => ({ proxy: with_file(loot.proxy, "error.log", `connect() failed, request: "GET /invitation/${loot.tokens.find((one) => one.length === 22)}"`) }) },
  { name: "a private page in the browser's cache", detector: "a browser after signing out", needs: "profile", into: (loot) => ({ profile: with_file(loot.profile, "Cache/planted", gzipSync(`<p>A page, a page: ${word("private")}</p>`)) }) },
  { name: "a draft in clear in the browser's storage", detector: "a browser that was cut off", needs: "cut_off", into: (_, { careless_browser }) => ({ cut_off: careless_browser }) },
];

function last_measure(loot, change) {
  const at = loot.steps.findLastIndex(({ measured }) => measured);
  return { steps: loot.steps.map((step, i) => (i === at ? { ...step, measured: change(step.measured) } : step)) };
}
function last_scrape(loot) {
  const at = loot.steps.findLastIndex(({ scraped }) => scraped);
  return { steps: loot.steps.map((step, i) => (i === at ? { ...step, scraped: [...step.scraped, "kedge_saves_total 3"] } : step)) };
}
