// Every page that links lead to, as each of the example's people, as somebody of another library, and as nobody: no link is
// dead, nothing of another library shows, no private answer shows to another member, in no page, export or log.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Person, Tally, binary, enter, folder, forms, plain, root, serve } from "./service.mjs";

const id = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/;
// a PDF or docx takes seconds, and says what the same page says as HTML
const left_out = /^\/(live|assets|example\/erase|sign-out|language)\b|[?&]now=1/;
const story = readFileSync(join(root, "content/example/harbor-grove.yaml"), "utf8");

// What one member wrote for no other eyes: { rosa: ["sentence", ...] }
const secrets = {};
for (const [, member, values] of story.matchAll(/voice: personal,[^}]*?member: (\w+), shared: false,[^{]*values: \{([^}]*)\}/g))
  for (const [, text] of values.matchAll(/"([^"]{25,})"/g)) (secrets[member] ??= []).push(text);

// What June shared with the team, and with nobody else.
const shared = [];
for (const [, values] of story.matchAll(/voice: personal,[^}]*?member: june, shared: true,[^{]*values: \{([^}]*)\}/g))
  for (const [, text] of values.matchAll(/"([^"]{25,})"/g)) shared.push(text);

const address_of = (href, from) => {
  const url = new URL(plain(href), `http://here${from}`);
  return url.host === "here" ? url.pathname + url.search : null;
};

async function crawl(person, begin) {
  const seen = new Map();
  const waiting = [...begin];
  while (waiting.length > 0 && seen.size < 600) {
    const path = waiting.shift();
    if (seen.has(path) || left_out.test(path)) continue;
    const got = await person.ask(path);
    seen.set(path, got);
    const next = got.headers.get("location");
    const found = next ? [next] : [...got.text.matchAll(/<(?:a|link)\b[^>]* href="([^"#][^"]*)"/g)].map((m) => m[1]);
    for (const href of found) {
      const address = address_of(href, path);
      if (address && !seen.has(address)) waiting.push(address);
    }
  }
  return seen;
}

const words = (html) => plain(html.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ");
const some = (problems) => { if (problems.length > 0) throw new Error(`${problems.length}: ${problems.slice(0, 8).join("; ")}`); };

const data = folder("walk");
const server = await serve(["--data", data], ["--example", "--log", "debug"]);
const founded = spawnSync(binary, ["library", "add", "--name", "Elm Street", "--lead", "Ana", "--email", "ana@example.org", "--data", data], { input: "a long kettle sings\n", encoding: "utf8" });
if (founded.status !== 0) throw new Error(founded.stderr);

const ana = new Person(server.address);
const door = forms(await ana.page("/sign-in")).find((form) => form.action.startsWith("/sign-in"));
await ana.send(door.action, { ...door.hidden, email: "ana@example.org", password: "a long kettle sings" });


const tally = new Tally();
await tally.check("the story has private answers of several members", () => { if (Object.keys(secrets).length < 3) throw new Error(JSON.stringify(secrets)); });

const pages = new Map();
let dale = new Map();
for (const who of ["Rosa", "June", "Kayla", "Dale"]) {
  const person = await enter(server.address, who);
  const seen = await crawl(person, ["/", "/workbooks", "/findings", "/actions", "/people", "/account"].filter((path) => who !== "Dale" || path !== "/workbooks"));
  for (const [path, got] of seen) pages.set(path, got);
  if (who === "Dale") dale = seen;
  await tally.check(`${who}: ${seen.size} pages, and no link leads nowhere`, () => {
    some([...seen].filter(([, got]) => ![200, 303].includes(got.status)).map(([path, got]) => `${path} ${got.status}`));
    if (seen.size < (who === "Dale" ? 10 : 30)) throw new Error("that is too few");
  });
  await tally.check(`${who}: nobody else's private words`, () =>
    some(Object.entries(secrets).filter(([writer]) => writer !== who.toLowerCase()).flatMap(([writer, texts]) =>
      [...seen].filter(([, got]) => texts.some((text) => plain(got.text).includes(text))).map(([path]) => `${writer}'s at ${path}`))));
}
await tally.check("Dale of the board reads no word that June shared with the team, nor that it was hers", () => {
  if (shared.length < 2) throw new Error(`${shared.length} shared answers of June`);
  some([...dale].filter(([, got]) => shared.some((text) => plain(got.text).includes(text)) || /Shared by|Compartid[oa] por/.test(words(got.text))).map(([path]) => path));
  if (![...dale.values()].some((got) => words(got.text).includes("A shared answer of a colleague"))) throw new Error("no finding of the story rests on a shared answer: nothing is shown");
});
const rosa = await enter(server.address, "Rosa");
await tally.check("Rosa of the team reads what June shared", async () => {
  const seen = await crawl(rosa, ["/workbooks", "/findings"]);
  some(shared.filter((text) => ![...seen.values()].some((got) => plain(got.text).includes(text))));
});
await tally.check("the search for private words finds them where they may be", async () => {
  const seen = await crawl(rosa, ["/workbooks"]);
  if (![...seen.values()].some((got) => secrets.rosa.some((text) => plain(got.text).includes(text)))) throw new Error("not even Rosa sees her own");
});

await tally.check("each of the example's eleven contacts has a number and an address on its page in the directory", () => {
  const contacts = [...pages].filter(([path]) => /^\/directory\/contacts\/[^/]+$/.test(path));
  if (contacts.length !== 11) throw new Error(`${contacts.length} contacts`);
  some(contacts.filter(([, got]) => !/618-555-01\d\d/.test(got.text) || !/@example\.org/.test(got.text)).map(([path]) => path));
});

await tally.check("another library: what has an id is not found", async () => {
  const problems = [];
  for (const path of pages.keys()) if (id.test(path.split("?")[0])) { const { status } = await ana.ask(path); if (status !== 404) problems.push(`${path} ${status}`); }
  some(problems);
});
await tally.check("another library: nothing of the first on any page", async () => {
  const theirs = await crawl(ana, [...pages.keys()].filter((path) => !id.test(path.split("?")[0]) && path !== "/"));
  some([...theirs].filter(([, got]) => /Harbor Grove|Grain Cooperative|Marcus|heaters|Time to finish/.test(words(got.text))).map(([path]) => path));
  some([...theirs].filter(([, got]) => got.status >= 500).map(([path, got]) => `${path} ${got.status}`));
});
await tally.check("nobody: every page asks to sign in, but for the doors", async () => {
  const nobody = new Person(server.address);
  const problems = [];
  for (const path of pages.keys()) {
    const got = await nobody.ask(path);
    const open = /^\/(sign-in|found|join|recover|help)?(\?|\/|$)/.test(path);
    if (open ? ![200, 303].includes(got.status) : got.status !== 303 || !got.headers.get("location").startsWith("/sign-in")) problems.push(`${path} ${got.status}`);
    if (Object.values(secrets).flat().some((text) => plain(got.text).includes(text))) problems.push(`${path} shows private words`);
  }
  some(problems);
});
await tally.check("the log has no id, no name and no private word", () => {
  const log = server.log();
  if (!/\/workbooks\/\{id\}/.test(log)) throw new Error(`it tells no patterns: ${log.slice(0, 300)}`);
  some([id, /ana@example\.org/, /Rosa/, /kettle/, ...Object.values(secrets).flat()].filter((one) => (one instanceof RegExp ? one.test(log) : log.includes(one))).map(String));
});

await server.stop();
tally.end();
