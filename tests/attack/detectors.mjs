// The table of detectors: each has a name, says what it gets, and returns what it found, in words. Nothing found is an empty list.
// A new module that stores something adds a line here and a leak to plants.mjs.
import { blob_of, text_of } from "./stores.mjs";
import { found, holds, owners_in } from "./words.mjs";
import { kAgent } from "./proxy.mjs";

const every = (files, look) => [...files].flatMap(([name, bytes]) => look(bytes).map((what) => `${name}: ${what}`));
const kinds_in = (files, ...kinds) => every(files, (bytes) => kinds.flatMap((kind) => found(kind, bytes)));
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

// The moment that a value tells, if it tells one: milliseconds, seconds, a time-ordered id, a written date with its hour.
function* moments(literal) {
  const text = text_of(literal);
  if (/^\d{13}$/.test(text)) yield Number(text);
  if (/^\d{10}$/.test(text)) yield Number(text) * 1000;
  for (const [, high, low] of text.matchAll(/\b([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/g)) yield parseInt(high + low, 16);
  for (const [written] of text.matchAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?/g)) yield Date.parse(`${written.replace(" ", "T")}Z`);
}

// Tables as they may be compared: of a box its length alone, and not where its newest version lies.
function comparable(tables) {
  const boxes = tables.checklist_box.map((row) => ({ ...row, "(place)": 0, "(transaction)": 0, sealed: blob_of(row.sealed).length }));
  const plain = { ...tables, checklist_box: boxes.sort((a, b) => text_of(a.checklist_id).localeCompare(text_of(b.checklist_id))) };
  return Object.fromEntries(Object.entries(plain).map(([name, rows]) => [name, JSON.stringify(rows)]));
}

function difference(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) ++at;
  return `"${a.slice(Math.max(0, at - 30), at + 30)}" was "${b.slice(Math.max(0, at - 30), at + 30)}"`.replace(/\s+/g, " ");
}

const closing_page = (html) => html.replace(new RegExp(uuid, "g"), "ID").replace(/after=\d+/g, "").replace(/content-length: \d+/i, "").replace(/etag: .*/i, "")
  .replace(/(<li class="k-said">[^<]*<\/li>)+/g, (lines) => lines.match(/<li[\s\S]*?<\/li>/g).sort().join(""))
  // what one wrote oneself in the workbook before is not of the list; a word of a list in it would be
  .replace(/<details class="k-earlier[\s\S]*?<\/details>\s*/g, (part) => (/k-band|k-mark|aria-label/.test(part) ? part : ""));

export const detectors = [
  {
    name: "private words on the disk", gets: "database files, logs, free pages; PostgreSQL's data folder; while lists are open and afterwards",
    look: ({ open, after }) => [...kinds_in(open.raw, "private", "marked", "said"), ...kinds_in(after.raw, "private", "marked"), ...kinds_in(after.keys, "private", "marked", "said")],
  },
  {
    name: "words that were taken back", gets: "SQLite's files after the daily work; backups of either engine",
    look: ({ engine, after, backups }) => [...(engine === "SQLite" ? kinds_in(after.raw, "taken_back") : []), ...kinds_in(new Map(backups.map((bytes, at) => [`backup ${at}`, bytes])), "taken_back")],
  },
  {
    name: "secrets of links, codes, passwords and sessions", gets: "the disk, the backups and the log",
    look: ({ tokens, open, after, backups, whole_log }) => {
      const places = new Map([...open.raw, ...after.raw, ["the log", Buffer.from(whole_log)], ...backups.map((bytes, at) => [`backup ${at}`, bytes])]);
      return every(places, (bytes) => tokens.filter((token) => holds(bytes, token)).map((token) => `${token.slice(0, 4)}...`));
    },
  },
  {
    name: "private words in a backup", gets: "ten backups in a row while people mark, one after the closing",
    look: ({ backups, after }) => [...kinds_in(new Map(backups.map((bytes, at) => [`backup ${at}`, bytes])), "private", "marked", "said"), ...kinds_in(new Map([["the last backup", after.backup]]), "private", "marked")],
  },
  {
    name: "boxes, tickets and keys in a backup", gets: "the same, and what root saw of boxes, tickets and keys",
    look: ({ backups, sealed }) => backups.flatMap((bytes, at) => [
      ...(/"table":"checklist_(box|ticket)"|"table":"(session|invitation|join_code|presence|idempotency|change|job)"/.exec(bytes.toString("latin1")) ?? []).slice(0, 1),
      ...[...sealed.keys, ...sealed.boxes].filter((secret) => holds(bytes, secret)).map(() => "a sealed value"),
    ].map((what) => `backup ${at}: ${what}`)),
  },
  {
    name: "ten backups tell no save", gets: "the same, compared with each other",
    look: ({ backups }) => {
      const body = (bytes) => bytes.toString().split("\n").slice(1).filter((line) => !line.startsWith('{"end"')).join("\n");
      const first = body(backups[0]);
      return backups.slice(1).filter((bytes) => body(bytes) !== first).map((bytes) => difference(body(bytes), first));
    },
  },
  {
    name: "a save changes one box and nothing else", gets: "all rows of all tables before and after each save, and where they lie",
    look: ({ steps }) => steps.slice(1).flatMap(({ tables }, at) => {
      const [before, now] = [comparable(steps[at].tables), comparable(tables)];
      return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]).map((name) => `save ${at}: ${name}: ${difference(now[name] ?? "", before[name] ?? "")}`);
    }),
  },
  {
    name: "no time of a save anywhere", gets: "all rows of all tables, looked through for moments at which people marked and nobody did anything else",
    look: ({ steps, after, quiet: { from, to } }) => [steps.at(-1).tables, after.tables].flatMap((tables) => Object.entries(tables).flatMap(([name, rows]) => rows.flatMap((row) =>
      Object.entries(row).filter(([column, value]) => !column.startsWith("(") && [...moments(value)].some((ms) => ms >= from - 1000 && ms <= to)).map(([column, value]) => `${name}.${column} ${text_of(value).slice(0, 40)}`)))),
  },
  {
    name: "what is anonymous carries no time and no member", gets: "boxes, tickets and comments of the open and the closed lists",
    look: ({ steps, after, members }) => [["checklist_box", steps.at(-1).tables], ["checklist_ticket", steps.at(-1).tables], ["checklist_comment", after.tables]].flatMap(([name, tables]) => tables[name].flatMap((row) => {
      const own = text_of(row.id ?? "");
      const others = Object.entries(row).filter(([column]) => !["library_id", "checklist_id", "(place)", "(transaction)", ...(name === "checklist_ticket" ? ["member_id"] : [])].includes(column));
      return [...(own && own[14] !== "4" ? [`${name}.id ${own} is not a random one`] : []),
        ...others.filter(([, value]) => [...moments(value)].length > 0 || members.some(({ id, name: who }) => [id, who].filter(Boolean).some((one) => text_of(value).includes(one)))).map(([column]) => `${name}.${column}`)];
    })),
  },
  {
    name: "of a private answer the day is kept, not the hour", gets: "all rows of private answers and their revisions",
    look: ({ after, steps, members }) => ["private_answer", "private_revision"].flatMap((name) => [...after.tables[name], ...steps[0].tables[name]].flatMap((row) =>
      Object.entries(row).filter(([column, value]) => !/^\(|^(library|workbook|member)_id$/.test(column) && [...moments(value)].some((ms) => ms > Date.now() - 3600000) && !members.some(({ id }) => id === text_of(value))).map(([column]) => `${name}.${column}`))),
  },
  {
    name: "slots keep no order", gets: "with the keyring, as root has it while a list is open: the slots of the box after each save",
    look: ({ orders }) => {
      const rows = orders.map((slots) => slots.map(({ ticket }) => ticket).join(" "));
      const same = rows.slice(1).filter((row, at) => row === rows[at]).length;
      const first = (slots) => { const used = slots.filter((slot) => slot.used).length; return used > 0 && slots.slice(0, used).every((slot) => slot.used); };
      return [...(same >= 3 ? [`${same} of ${rows.length - 1} saves left every slot in its place`] : []), ...(orders.slice(1).every(first) ? ["who has saved stands first"] : [])];
    },
  },
  {
    name: "lengths tell nothing", gets: "sealed boxes of several saves; sealed private answers",
    look: ({ steps }) => {
      const boxes = new Set(steps.map(({ tables }) => tables.checklist_box.map((row) => blob_of(row.sealed).length).join()));
      const answers = [...steps.at(-1).tables.private_answer, ...steps.at(-1).tables.private_revision].filter((row) => (blob_of(row.sealed).length - 40) % 256 !== 0);
      return [...(boxes.size > 1 ? [`boxes of ${[...boxes].join(" and ")} bytes`] : []), ...answers.map((row) => `a private answer of ${blob_of(row.sealed).length} bytes`)];
    },
  },
  {
    name: "keys and boxes of closed lists, keys of who has left", gets: "after the closing: the keyring's file with its log, and on SQLite the database's",
    look: ({ engine, after, sealed }) => [
      ...every(after.keys, (bytes) => sealed.keys.filter((key) => holds(bytes, key)).map(() => "a key that was destroyed")),
      ...(engine === "SQLite" ? every(after.raw, (bytes) => sealed.boxes.filter((box) => box.length > 0 && bytes.includes(box)).map(() => "a box, a ticket or a wrap")) : []),
    ],
  },
  {
    name: "other members' pages before and after a save", gets: "every page, export and list of three colleagues, with headers and lengths",
    look: ({ steps }) => steps.filter(({ pages }) => pages).flatMap(({ pages }, at, all) => at === 0 ? [] : [...pages].filter(([name, page]) => page !== all[at - 1].pages.get(name)).map(([name, page]) => `${name}: ${difference(page, all[at - 1].pages.get(name))}`)),
  },
  {
    name: "private words of others in pages and exports", gets: "the same pages, those of the closed lists, and the whole library as a file while lists are open",
    look: ({ steps, closed, library }) => [["nobody", "the library as a file", library], ...[...steps[0].pages, ...steps.findLast(({ pages }) => pages).pages].map(([name, page]) => [name.split(" ")[0], name, page]), ...Object.entries(closed).flatMap(([who, { said, unsaid }]) => [...said, ...unsaid].map((page) => [who, `${who}: a closed list`, page]))]
      .flatMap(([who, name, page]) => [...owners_in("private", page).filter((owner) => owner !== who), ...owners_in("marked", page).map((owner) => `${owner} marked`), ...owners_in("taken_back", page)].map((owner) => `${name}: ${owner}`)),
  },
  {
    name: "what a search tells", gets: "hits, spelling and addresses of searches for the beginning of every word, by colleagues, the lead and the writers themselves",
    look: ({ searched }) => [
      ...searched.flatMap(({ name, bird, address, page }) => [...["private", "marked", "said", "taken_back"].flatMap((kind) => owners_in(kind, page).map((owner) => `${name} finds ${kind}: ${owner}`)), ...(address.toLowerCase().includes(bird) ? [`the address of ${name}'s search: ${address}`] : [])]),
      ...(searched.some(({ page }) => owners_in("open", page).length > 0) ? [] : ["nothing is found at all, not what is open"]),
    ],
  },
  {
    name: "what is said of a closed list", gets: "pages of two lists with the same bands and other numbers, and of two that say nothing: of four people and of nobody",
    look: ({ closed }) => Object.entries(closed).flatMap(([who, { said, unsaid }]) => [[said, "bands"], [unsaid, "nothing"]].filter(([[a, b]]) => closing_page(a) !== closing_page(b)).map(([[a, b], what]) => `${who}, ${what}: ${difference(closing_page(a), closing_page(b))}`)),
  },
  {
    name: "what can be scraped while people mark", gets: "/health and what else answers without a session, each time",
    look: ({ steps }) => [...new Set(steps.filter(({ scraped }) => scraped).map(({ scraped }) => scraped.join("\n")))].slice(1),
  },
  {
    name: "what a monitor reads while people mark", gets: "/metrics each time, and how many pages were read in between",
    look: ({ steps }) => steps.flatMap(({ measured }) => measured ?? []).flatMap((now, at, all) => {
      if (at === 0) return [];
      const more = [...now.answers].map(([of, times]) => [of, times - (all[at - 1].answers.get(of) ?? 0)]).filter(([, times]) => times !== 0);
      const answers = more.reduce((sum, [, times]) => sum + times, 0);
      const odd = more.filter(([of]) => /\/lists|POST/.test(of)).map(([of, times]) => `${of}: ${times} more`);
      const measures = [...now.text.matchAll(/^(?!#)(\w+)/gm)].map(([name]) => name).filter((name) => !/^(kedge_build_info|kedge_database_up|kedge_requests_total|kedge_request_seconds_(bucket|sum|count)|process_start_time_seconds|process_resident_memory_bytes)$/.test(name));
      return [...odd, ...measures, ...(answers === now.asked - all[at - 1].asked ? [] : [`${answers} answers for ${now.asked - all[at - 1].asked} pages that were read`])];
    }),
  },
  {
    name: "the log", gets: "every line of the server at its most talkative",
    look: ({ whole_log, log, members }) => [
      ...whole_log.split("\n").filter((line) => uuid.test(line) || members.some(({ name, email }) => line.includes(name) || (email && line.includes(email))) || / \/lists|marks|checklist|box/i.test(line)),
      ...(log.text.split("\n").filter((line) => /\binfo (GET|POST) /.test(line)).length === log.asked ? [] : [`${log.text.split("\n").length - 1} lines for ${log.asked} pages that were read`]),
      ...log.text.split("\n").filter((line) => line && !/ info GET \S+ \d+ [\d.]+ ms$/.test(line)),
      ...found("private", Buffer.from(whole_log)), ...found("marked", Buffer.from(whole_log)), ...found("open", Buffer.from(whole_log)),
    ],
  },
  {
    name: "PostgreSQL's own log", gets: "what the server of the database wrote about statements",
    look: ({ after, members }) => every([...after.raw].filter(([name]) => name.endsWith("server.log")), (bytes) => bytes.toString().split("\n")
      .filter((line) => /STATEMENT:|checklist_|Failing row|Key \(/.test(line) || members.some(({ name, email }) => line.includes(name) || (email && line.includes(email))))),
  },
  {
    name: "PostgreSQL's log of changes while people mark", gets: "which tables its write-ahead log names, with its times",
    look: ({ rolled }) => [...new Set(rolled.filter(({ table }) => table !== "checklist_box").map(({ what, table }) => `${what} ${table}`))],
  },
  {
    name: "a finding of \"a team member\" leads to nobody", gets: "all rows that name it, and the ledger about it",
    look: ({ after, unnamed, members }) => Object.entries(after.tables).flatMap(([name, rows]) => {
      const own = rows.filter((row) => Object.values(row).some((value) => text_of(value).includes(unnamed)));
      return own.filter((row) => members.some(({ id }) => id && Object.values(row).some((value) => text_of(value) === id))).map(() => name);
    }),
  },
  {
    name: "a proxy's files", gets: "all that an nginx and a Caddy with our configuration leave, while links are opened, people mark, and Kedge is gone",
    look: ({ proxy, tokens }) => !proxy ? [] : every(proxy, (bytes) => {
      const text = bytes.toString("latin1");
      return [...tokens.filter((token) => text.includes(token)).map((token) => `${token.slice(0, 4)}...`),
        ...[/127\.0\.0\.1/, /\?/, uuid, /\/(lists|join|invitation|reset|found|recover|example)\b/, new RegExp(kAgent), /long long/].filter((sign) => sign.test(text)).map((sign) => `${sign} in "${sign.exec(text.replace(/\s+/g, " "))?.input.slice(0, 160)}"`)];
    }),
  },
  {
    name: "a browser after signing out", gets: "all files of a Chromium profile at a shared desk",
    look: ({ profile }) => profile ? kinds_in(profile, "private", "marked", "open") : [],
  },
  {
    name: "a browser that was cut off", gets: "all files of a Chromium profile with text that waits for the network",
    look: ({ cut_off }) => cut_off ? kinds_in(cut_off.bytes, "private", "marked") : [],
  },
];
