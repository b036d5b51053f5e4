// What the documents say is what the program does: settings, commands, exit codes, the graph of modules, files named.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

const binary = process.env.KEDGE_BINARY ?? "build/release/kedge";
const read = (file) => readFileSync(file, "utf8");
let passed = 0;
let failed = 0;
const check = (name, problems) => {
  if (problems.length === 0) return void ++passed;
  ++failed;
  console.log(`FAILED: ${name}\n  ${problems.join("\n  ")}`);
};
const help = (...words) => execFileSync(binary, [...words, "--help"], { encoding: "utf8" });
const options = (text) => [...text.matchAll(/^ {2}(?:-\w,)?(--[a-z-]+)/gm)].map((m) => m[1]).filter((o) => o !== "--help" && o !== "--version");
const subcommands = (text) => [...(text.split("Subcommands:\n")[1] ?? "").matchAll(/^ {2}([a-z]+) /gm)].map((m) => m[1]);

// every command with what its help says: {"member add": "..."}
const helps = new Map();
for (const one of subcommands(help())) {
  const inner = subcommands(help(one));
  for (const words of inner.length ? inner.map((name) => [one, name]) : [[one]]) helps.set(words.join(" "), help(...words));
}
const settings = read("docs/settings.md");
const commands = read("docs/commands.md");
const rows = (text) => [...text.matchAll(/^\| `(--[a-z-]+)` \| (?:`(KEDGE_[A-Z_]+)`|–) \|/gm)].map((m) => [m[1], m[2]]);
const own = new Map([...(commands.split("## Options")[1] ?? "").matchAll(/^\| `([a-z ]+)` \| (.+) \|$/gm)].map((m) => [m[1], [...m[2].matchAll(/`(--[a-z-]+)`/g)].map((o) => o[1])]));
const known = new Set(rows(settings).map(([option]) => option));
const of = [...helps].flatMap(([name, text]) => options(text).map((option) => ({ name, option })));
check("every option of every command is in docs/settings.md or docs/commands.md",
  of.filter(({ name, option }) => option !== "--json" && !known.has(option) && !own.get(name)?.includes(option)).map(({ name, option }) => `${name} ${option}`));
check("docs/settings.md names no option that is not there", [...known].filter((o) => !of.some(({ option }) => option === o)));
check("docs/commands.md names no option that is not there", [...own].flatMap(([name, names]) => names.filter((o) => !of.some((one) => one.name === name && one.option === o)).map((o) => `${name} ${o}`)));
check("every variable is in docs/settings.md, beside its option", [...helps].flatMap(([name, text]) => [...text.matchAll(/(--[a-z-]+)[^\n]*\(Env:(KEDGE_[A-Z_]+)\)/g)]
  .filter(([, option, variable]) => !rows(settings).some(([o, v]) => o === option && v === variable)).map(([, option, variable]) => `${name} ${option} ${variable}`)));
const asked = execFileSync("grep", ["-rhoE", 'getenv\\("KEDGE_[A-Z_]+', "src", "--include=*.cpp", "--exclude=testing.cpp", "--exclude=*_test.cpp"], { encoding: "utf8" });
const variables = [...new Set(asked.match(/KEDGE_[A-Z_]+/g))];
check("every variable that the program asks for by itself is in docs/settings.md", variables.length < 2 ? ["none was found"] : variables.filter((name) => !settings.includes(`\`${name}\``)));
check("--json is an option of every command but serve", [...helps].filter(([name, text]) => options(text).includes("--json") === (name === "serve")).map(([name]) => name));

check("every command is in docs/commands.md", [...helps.keys()].filter((name) => !commands.includes("`" + name + "`")));
const codes = [...read("src/app/exit.hpp").matchAll(/^ {2}(\w+) = (\d)/gm)].map((m) => `| ${m[2]} | ${m[1]} |`);
check("every exit code is in docs/commands.md", codes.length < 6 ? ["no codes were found"] : codes.filter((row) => !commands.includes(row)));
check("a wrong option ends with 2", [2].filter((code) => spawnSync(binary, ["serve", "--nothing-of-the-kind"]).status !== code).map(String));

const architecture = read("ARCHITECTURE.md");
const drawn = new Set([...architecture.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map((m) => `${m[1]} ${m[2]}`));
const built = new Set(
  read("build/release/modules.txt").trim().split("\n").flatMap((line) => {
    const [name, uses] = line.split(":");
    return uses.trim().split(" ").filter(Boolean).map((used) => `${name} ${used}`);
  }),
);
check("the graph drawn is the graph built", [
  ...[...built].filter((edge) => !drawn.has(edge)).map((edge) => `not drawn: ${edge}`),
  ...[...drawn].filter((edge) => !built.has(edge)).map((edge) => `not built: ${edge}`),
  ...(built.size > 20 ? [] : ["the build's graph is too small to be true"]),
]);

// tests/whole/roles_test.cpp holds this table against the program's routes
const routes = read("tests/whole/route_access.txt").split("\n").filter((line) => /^(GET|POST) /.test(line)).map((line) => line.split(" ").slice(0, 2).join(" "));
const pictured = JSON.parse(read("e2e/pages.json")).map(({ route, no_picture }) => ({ route: /^[A-Z]+ /.test(route ?? "") ? route : `GET ${route}`, no_picture }));
check("every page has a picture on the contact sheet, or a reason why it has none, in e2e/pages.json", [
  ...routes.filter((route) => route.startsWith("GET ") && !pictured.some((one) => one.route === route)),
  ...pictured.filter(({ route }) => route !== "GET /nowhere" && !routes.includes(route)).map(({ route }) => `there is no ${route}`),
  ...pictured.filter(({ route, no_picture }) => no_picture !== undefined && pictured.some((one) => one.route === route && one.no_picture === undefined)).map(({ route }) => `a picture and a reason: ${route}`),
  ...(routes.length > 100 ? [] : ["the table is too small to be true"]),
]);

const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ...readdirSync("docs").filter((f) => f.endsWith(".md")).map((f) => `docs/${f}`),
  ...readdirSync("docs/decisions").map((f) => `docs/decisions/${f}`)];
// a source that nothing builds rots, and a test in it never runs; fuzzers are another preset's, a sample of what must not compile nobody's
const compiled = new Set(JSON.parse(read("build/release/compile_commands.json")).map(({ file }) => relative(".", file)));
const built_elsewhere = (file) => file.startsWith("fuzz/") || file === "tools/viewc/sample/wrong_code.cpp";
const sources = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.cpp"], { encoding: "utf8" }).trim().split("\n").filter((file) => existsSync(file));
check("every source is built", sources.filter((file) => !compiled.has(file) && !built_elsewhere(file)));
check("files that documents name are there", documents.flatMap((document) =>
  [...read(document).matchAll(/`((?:src|assets|tools|tests|e2e|docs|content|cmake|packaging)\/[A-Za-z0-9_./-]+\.[a-z]+)`/g)].map((m) => m[1])
    .filter((file) => !existsSync(file)).map((file) => `${document}: ${file}`)));
check("every decision is in the index", readdirSync("docs/decisions").filter((f) => /^\d/.test(f) && !read("docs/decisions/README.md").includes(f)));

// docs/bad-input.md names the tests that prove each of its rows: `Suite.Name`, or `file: sentence`
const under = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? under(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
const tests = new Set([...under("src"), ...under("tests")].filter((file) => file.endsWith("_test.cpp"))
  .flatMap((file) => [...read(file).matchAll(/^TEST(?:_[PF])?\((\w+), (\w+)\)/gm)].map((m) => `${m[1]}.${m[2]}`)));
const proves = (name) => {
  const [, file, sentence] = name.match(/^([\w/.-]+\.(?:sh|mjs)): (.+)$/) ?? [];
  return file ? existsSync(file) && read(file).includes(`"${sentence}"`) : tests.has(name);
};
const proofs = [...read("docs/bad-input.md").matchAll(/^\| (?!What \||-)(.+?) \| .+ \| (.+) \|$/gm)];
check("every row of docs/bad-input.md is proved by tests that are there", [
  ...proofs.flatMap(([, what, by]) => {
    const named = [...by.matchAll(/`([^`]+)`/g)].map((m) => m[1]);
    return named.length ? named.filter((name) => !proves(name)).map((name) => `${what}: no test ${name}`) : [`${what}: no test is named`];
  }),
  ...(proofs.length >= 15 ? [] : [`only ${proofs.length} rows were read`]),
]);

const fresh = `${mkdtempSync(join(tmpdir(), "kedge-"))}/demanded.md`;
execFileSync("tools/embed/demanded.sh", [join(dirname(binary), "tools/embed/embed"), fresh]);
check("docs/what-could-be-demanded.md is what the migrations say (tools/embed/demanded.sh writes it)", read(fresh) === read("docs/what-could-be-demanded.md") ? [] : ["it differs"]);

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
