// The example's workbook as a file: as docs/workbook.schema.json says, and the same after it came in again, here and elsewhere.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { Person, Tally, binary, enter, folder, forms, plain, root, serve, workbook } from "./service.mjs";

const fits = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(join(root, "docs/workbook.schema.json"), "utf8")));
const wrong = (file) => (fits(file) ? "" : fits.errors.map((error) => `${error.instancePath} ${error.message}`).join("; ").slice(0, 500));
const copy = (file) => JSON.parse(JSON.stringify(file));
const is = (what, so) => { if (!so) throw new Error(what); };

// Rows that somebody added have ids of their own.
const without_ids = (file) => {
  const same = copy(file);
  for (const answer of [...same.answers, ...(same.mine ?? [])]) answer.row = answer.row.replace(/^[0-9a-f-]{36}$/, "added");
  for (const list of same.lists) list.comments.sort();  // joined to nothing: they have no order
  return same;
};
// Where two files differ, in words.
function differences(a, b, at = "") {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return [`${at}: ${JSON.stringify(a)} / ${JSON.stringify(b)}`];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differences(a[key], b[key], `${at}/${key}`));
}

async function export_of(person, book, query = "") {
  const got = await person.ask(`${book}/export.json${query}`);
  if (got.status !== 200) throw new Error(`export ${got.status}`);
  return { text: got.text, json: JSON.parse(got.text) };
}
async function bring_in(person, text) {
  const form = forms(await person.page("/workbooks/import")).find((one) => one.action === "/workbooks/import");
  return person.send("/workbooks/import", { ...form.hidden, text });
}
async function brought_in(person, text) {
  const got = await bring_in(person, text);
  if (got.status !== 303) throw new Error(`import ${got.status}: ${plain(got.text.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ").slice(0, 600)}`);
  return got.headers.get("location");
}

const data = folder("exchange");
const server = await serve(["--data", data], ["--example"]);
const founded = spawnSync(binary, ["library", "add", "--name", "Elm Street", "--lead", "Ana", "--email", "ana@example.org", "--data", data], { input: "a long kettle sings\n", encoding: "utf8" });
if (founded.status !== 0) throw new Error(founded.stderr);
const ana = new Person(server.address);
const door = forms(await ana.page("/sign-in")).find((form) => form.action.startsWith("/sign-in"));
await ana.send(door.action, { ...door.hidden, email: "ana@example.org", password: "a long kettle sings" });

const tally = new Tally();
const rosa = await enter(server.address, "Rosa");
const book = await workbook(rosa);
const first = await export_of(rosa, book, "?mine=1");

await tally.check("the export is as the schema says, with and without one's own answers", async () => {
  is(wrong(first.json), wrong(first.json) === "");
  const team = await export_of(rosa, book);
  is(wrong(team.json), wrong(team.json) === "");
  is("somebody's own answers are in the team's file", !("mine" in team.json));
});
await tally.check("a wrong field, a missing one and a band that no list may say do not fit the schema", () => {
  for (const spoil of [(file) => { file.actions[0].stauts = "done"; }, (file) => { delete file.actions[0].due; }, (file) => { file.lists[0].items[0].well = "four"; },
    (file) => { file.findings[0].rests_on[0] = { kind: "member", id: "m1" }; }, (file) => { file.version = 2; }]) {
    const file = copy(first.json);
    spoil(file);
    is(`this fits: ${spoil}`, wrong(file) !== "");
  }
});
await tally.check("the file holds the whole story", () => {
  const { json } = first;
  is(`${json.actions.length} actions`, json.actions.length === 5);
  is("an action without its columns", json.actions.some((one) => one.resources && one.obstacles && one.informed && one.measure) && json.actions.some((one) => one.outcome));
  is("an action that came from nothing", json.actions.every((one) => one.came_from.length > 0));
  is("no check-ins", json.actions.some((one) => one.check_ins.length > 0 && one.check_ins.every((note) => note.by)));
  is("no findings", json.findings.length > 2 && json.findings.every((one) => one.rests_on.length > 0));
  is("no finding rests on a band", json.findings.some((one) => one.rests_on.some((ref) => ref.kind === "band")));
  is("no bands", json.lists.length > 0 && json.lists.every(({ items }) => items.every((item) => item.well && item.better)) && json.lists.some(({ comments }) => comments.length > 0));
  is(`${json.contacts.length} contacts`, json.contacts.length > 5 && json.contacts.every((one) => one.organization));
  is("no own answers", json.mine.length > 0);
});
await tally.check("what colleagues shared is not in it, and it says so where a finding rests on that", async () => {
  const shared = [...(await rosa.page(`${book}/page`)).matchAll(/<p class="k-who">(?:June|Walt|Kayla)[^<]*<\/p>\s*<p class="k-said[^"]*">([^<]{30,})<\/p>/g)].map(([, words]) => plain(words));
  is(`${shared.length} shared answers on the page`, shared.length > 0);
  for (const words of shared) is(`shared words are in the file: ${words}`, !first.json.mine.some((one) => Object.values(one.values).includes(words)) && !JSON.stringify(first.json).includes(JSON.stringify(words).slice(1, -1)));
});

await tally.check("in again in the same library, and out: the same but for ids of rows", async () => {
  const again = await export_of(rosa, await brought_in(rosa, first.text), "?mine=1");
  const differ = differences(without_ids(first.json), without_ids(again.json));
  is(`${differ.length}: ${differ.slice(0, 5).join("; ")}`, differ.length === 0);
  is("its own names differ", again.text !== first.text);
});
await tally.check("in another library: the same, but that its owners have no account there", async () => {
  const there = await brought_in(ana, first.text);
  is("nothing is said of the owners", /nobody yet/.test(plain(await ana.page(there))));
  const theirs = await export_of(ana, there, "?mine=1");
  is(wrong(theirs.json), wrong(theirs.json) === "");
  const expected = without_ids(first.json);
  for (const action of expected.actions) {
    if (action.owner?.member && action.owner.member !== "Ana") { action.owner = null; if (action.status === "started") action.status = "proposed"; }
    for (const note of action.check_ins) note.by = "";
  }
  const differ = differences(expected, without_ids(theirs.json));
  is(`${differ.length}: ${differ.slice(0, 5).join("; ")}`, differ.length === 0);
});
await tally.check("a contact that is there already keeps its number", async () => {
  const file = copy(first.json);
  for (const contact of file.contacts) { contact.phone = "(815) 555-0199"; contact.email = "other@example.org"; }
  const again = await export_of(rosa, await brought_in(rosa, JSON.stringify(file)));
  is("a number was overwritten", JSON.stringify(again.json.contacts) === JSON.stringify(first.json.contacts));
  const still = await export_of(rosa, book);
  is("the first workbook's contacts changed", JSON.stringify(still.json.contacts) === JSON.stringify(first.json.contacts));
});
await tally.check("a file of another version, or with one thing wrong, brings in nothing and says where", async () => {
  const count = async () => [...(await rosa.page("/workbooks")).matchAll(/<h2><a href="\/workbooks\//g)].length;
  const before = await count();
  const cases = [[(file) => { file.version = 2; }, /newer version of Kedge/], [(file) => { file.version = 0; }, /older version of Kedge/], [(file) => { file.actions[1].due = "2026-02-30"; }, /actions\/1\/due/],
    [(file) => { file.actions[0].came_from = [{ kind: "finding", id: "f99" }]; }, /actions\/0\/came_from\/0\/id/], [(file) => { file.findings[1].theme = "weather"; }, /findings\/1\/theme/],
    [(file) => { file.lists[0].items[2].better = "five"; }, /lists\/0\/items\/2\/better/], [(file) => { file.contacts[0].organization = "o77"; }, /contacts\/0\/organization/],
    [(file) => { file.actions[2].check_ins = [{ by: "", on: "2026-10-01", note: "" }]; }, /actions\/2/]];
  for (const [spoil, where] of cases) {
    const file = copy(first.json);
    spoil(file);
    const got = await bring_in(rosa, JSON.stringify(file));
    is(`${spoil}: ${got.status}`, got.status === 422);
    is(`${spoil}: ${plain(got.text.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ").slice(0, 400)}`, where.test(plain(got.text)));
  }
  is("something was kept", (await count()) === before);
});
await tally.check("June's file has her own answers and no word of Rosa's", async () => {
  const june = await enter(server.address, "June");
  const hers = await export_of(june, book, "?mine=1");
  is("she has none", hers.json.mine.length > 0);
  for (const one of first.json.mine) for (const words of Object.values(one.values)) if (words.length > 25) is(`Rosa's: ${words}`, !hers.text.includes(JSON.stringify(words).slice(1, -1)));
});

await server.stop();
tally.end();
