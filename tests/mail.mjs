// Letters through a mail server that others wrote (Exim of Debian), over TLS on this machine: what goes out, what is refused,
// what a letter opens, and what is left of it afterwards.
// usage: node tests/mail.mjs
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Person, Tally, binary, folder, forms, free_port, must, plain, run, serve, sleep, start } from "./service.mjs";

const is = (what, so) => { if (!so) throw new Error(what); };
const place = folder("mail");
const data = join(place, "data");
const box = join(place, "box");
const tally = new Tally();

// ---- the mail server: STARTTLS on one port, TLS at once on another, none on a third; letters only for who signs in over TLS
const ports = { start: await free_port(), tls: await free_port(), plain: await free_port() };
const certify = (name) => must("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
  "-keyout", join(place, `${name}.key`), "-out", join(place, `${name}.crt`)]);
certify("server");
certify("other");
for (const one of ["box", "spool", "log", "data"]) mkdirSync(join(place, one), { mode: 0o777 });
writeFileSync(join(place, "password"), "seven-geese\n", { mode: 0o600 });
const root_user = process.getuid() === 0;
writeFileSync(join(place, "exim.conf"), `
primary_hostname = mail.test.example
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${ports.start} : ${ports.tls} : ${ports.plain}
tls_on_connect_ports = ${ports.tls}
tls_advertise_hosts = \${if eq{$received_port}{${ports.plain}}{}{*}}
tls_certificate = ${place}/server.crt
tls_privatekey = ${place}/server.key
auth_advertise_hosts = *
spool_directory = ${place}/spool
log_file_path = ${place}/log/%slog
pid_file_path = ${place}/exim.pid
log_selector = +smtp_protocol_error +smtp_mailauth
smtp_accept_max_per_connection = 100
acl_smtp_rcpt = recipients
acl_smtp_data = words
begin acl
recipients:
  deny    message = only for who signed in over TLS
          !authenticated = *
  deny    message = no such person here
          condition = \${if match{$local_part}{^nobody}}
  defer   message = not now
          condition = \${if match{$local_part}{^later}}
  accept
words:
  accept
begin routers
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  directory = ${box}
  maildir_format
  envelope_to_add
  ${root_user ? "user = Debian-exim" : ""}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{kedge}}{eq{$auth3}{seven-geese}}}}
  server_set_id = $auth2
`.replace(/^  $/gm, ""));
if (root_user) for (const one of ["box", "spool", "log", "server.key", "server.crt", "exim.conf"]) must("chown", [one === "exim.conf" ? "root" : "Debian-exim", join(place, one)]);
if (root_user) must("chmod", ["755", place]);
const exim = start(existsSync("/usr/sbin/exim4") ? "/usr/sbin/exim4" : "exim4", ["-C", join(place, "exim.conf"), "-bdf", "-q1m"]);
for (let waited = 0; ; waited += 50) {
  if (run("openssl", ["s_client", "-connect", `127.0.0.1:${ports.tls}`, "-brief"], { input: "QUIT\r\n" }).ok) break;
  if (waited > 15000 || exim.exitCode !== null) throw new Error(`the mail server does not start: ${exim.log} ${existsSync(join(place, "log/mainlog")) ? readFileSync(join(place, "log/mainlog"), "utf8") : ""}`);
  await sleep(50);
}
const logged = () => (existsSync(join(place, "log/mainlog")) ? readFileSync(join(place, "log/mainlog"), "utf8") : "");

// ---- letters as they arrived, read by the rules of RFC 2045 to 2047
const quoted = (text) => Buffer.from(text.replace(/=\n/g, "").replace(/=([0-9A-F]{2})/g, (all, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString("utf8");
const encoded = (text) => text.replace(/\?=\s+=\?/g, "?==?").replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (all, way, inside) => (way.toUpperCase() === "B" ? Buffer.from(inside, "base64").toString("utf8") : quoted(inside.replace(/_/g, " "))));
function read_letter(file) {
  const raw = readFileSync(join(box, "new", file), "utf8");
  const end = raw.indexOf("\n\n");
  const headers = {};
  for (const line of raw.slice(0, end).replace(/\n[ \t]+/g, " ").split("\n")) (headers[line.slice(0, line.indexOf(":")).toLowerCase()] ??= []).push(encoded(line.slice(line.indexOf(":") + 1).trim()));
  const parts = raw.slice(end).split(`--${/boundary="?([^";\s]+)/.exec(headers["content-type"][0])[1]}`).slice(1, -1).map((part) => {
    const at = part.indexOf("\n\n");
    return { head: part.slice(0, at), text: quoted(part.slice(at + 2)) };
  });
  return { raw, headers, to: headers["envelope-to"][0], subject: headers.subject[0], text: parts[0].text, html: parts[1].text, parts };
}
const public_url = "http://kedge.elm-street.example";
const seen = new Set();
async function letter(to, wait_ms = 30000) {
  for (const until = Date.now() + wait_ms; Date.now() < until; await sleep(50)) {
    const files = existsSync(join(box, "new")) ? readdirSync(join(box, "new")).filter((file) => !seen.has(file)) : [];
    for (const file of files) {
      const one = read_letter(file);
      if (one.to !== to) continue;
      seen.add(file);
      return one;
    }
  }
  throw new Error(`no letter for ${to} came: ${server?.log()} ${logged()}`);
}
const link_of = (one, path) => new RegExp(`${public_url}(${path}/[A-Za-z0-9_.-]+)`).exec(one.text)[1];

// ---- the library
const through = (port, more = []) => ["--mail-server", `smtp${port === ports.tls ? "s" : ""}://localhost:${port}`, "--mail-from", "kedge@elm-street.example", "--mail-user", "kedge", "--mail-password-file", join(place, "password"), "--mail-authorities", join(place, "server.crt"), ...more];
must(binary, ["init", "--data", data]);
must(binary, ["library", "add", "--name", "Biblioteca Niñez", "--lead", "Rosa", "--email", "rosa@elm-street.example", "--data", data], { input: "seven kettles sing aloud\n" });
let server = await serve(["--data", data], ["--public-url", public_url, ...through(ports.start)]);
const rosa = new Person(server.address);
async function sign_in(person, email, password) {
  const door = forms(await person.page("/sign-in")).find((one) => one.action === "/sign-in");
  return person.send("/sign-in", { ...door.hidden, email, password });
}
is("signing in", (await sign_in(rosa, "rosa@elm-street.example", "seven kettles sing aloud")).status === 303);
const command = (args, more = []) => run(binary, ["mail", ...args, "--public-url", public_url, ...more]);
const tokens = [];

await tally.check("kedge mail test: taken by STARTTLS and by TLS at once", () => {
  for (const port of [ports.start, ports.tls]) { const sent = command(["test", "ada@elm-street.example"], through(port)); is(sent.text, sent.ok); }
});
await tally.check("a certificate that nobody vouches for, a wrong password and a server without TLS take nothing, and it says which", () => {
  const told = (more) => JSON.parse(command(["test", "ada@elm-street.example", "--json"], more).out.trim().split("\n")[0]);
  const other = [...through(ports.tls)];
  other[other.indexOf("--mail-authorities") + 1] = join(place, "other.crt");
  is("certificate", told(other).why === "certificate");
  const wrong = join(place, "wrong");
  writeFileSync(wrong, "eight-geese\n");
  const signing = [...through(ports.tls)];
  signing[signing.indexOf("--mail-password-file") + 1] = wrong;
  is("password", told(signing).why === "password");
  const before = logged();
  is(`no TLS: ${told(through(ports.plain)).why}`, told(through(ports.plain)).why === "certificate");
  is("it signed in without TLS", !/authenticat/i.test(logged().slice(before.length)) && !logged().slice(before.length).includes("A=plain"));
  const gone = told(["--mail-server", "smtps://localhost:1", "--mail-from", "kedge@elm-street.example"]);
  is(`unreachable: ${gone.why}`, gone.why === "unreachable");
});
await tally.check("an invitation is sent, opens the door once, and nothing of it is left", async () => {
  const form = forms(await rosa.page("/people")).find((one) => one.action.endsWith("/people/invitations"));
  const done = await rosa.send(form.action, { ...form.hidden, email: "marcus@elm-street.example", role: "staff", by: "mail" });
  is(`${done.status}`, done.status === 303);
  const got = await letter("marcus@elm-street.example");
  is(got.subject, got.subject === "An invitation to Biblioteca Niñez");
  is("sender", /kedge@elm-street\.example/.test(got.headers.from[0]) && got.headers.to[0] === "marcus@elm-street.example");
  is("automatic", got.headers["auto-submitted"][0] === "auto-generated");
  is("two readings of the same words", got.parts.length === 2 && got.parts[0].head.includes("text/plain") && got.parts[1].head.includes("text/html"));
  is("both have the link", got.html.includes(link_of(got, "/invitation")) && got.html.includes('lang="en"'));
  is("TLS and signed in", /with esmtpsa/i.test(got.raw));
  is("nothing is fetched", !/<(img|script|link|style)|url\(/i.test(got.html));
  const link = link_of(got, "/invitation");
  tokens.push(link.split("/").pop());
  is("the list says so", (await rosa.page("/people")).includes("The letter was sent."));
  const marcus = new Person(server.address);
  const door = forms(await marcus.page(link)).find((one) => one.action === link);
  const joined = await marcus.send(link, { ...door.hidden, name: "Marcus", email: "marcus@elm-street.example", password: "nine kettles sing aloud", language: "es" });
  is(`joining ${joined.status}`, joined.status === 200);
  is("once", (await new Person(server.address).ask(link)).status === 404);
});
await tally.check("the same form again sends no second letter", async () => {
  const form = forms(await rosa.page("/people")).find((one) => one.action.endsWith("/people/invitations"));
  const body = { ...form.hidden, email: "twice@elm-street.example", role: "staff", by: "mail" };
  await rosa.send(form.action, body);
  await rosa.send(form.action, body);
  await letter("twice@elm-street.example");
  let again = true;
  try { await letter("twice@elm-street.example", 2500); } catch { again = false; }
  is("a second one came", !again);
});
await tally.check("who can't be written to is said beside the invitation; one that comes later waits", async () => {
  for (const who of ["nobody", "later"]) {
    const form = forms(await rosa.page("/people")).find((one) => one.action.endsWith("/people/invitations"));
    await rosa.send(form.action, { ...form.hidden, email: `${who}@elm-street.example`, role: "staff", by: "mail" });
  }
  for (let waited = 0; ; waited += 100) {
    const text = plain((await rosa.page("/people")).replace(/<[^>]+>/g, " "));
    if (text.includes("could not be delivered (the mail server answered 550)") && text.includes("The letter is on its way.")) break;
    is(text.replace(/\s+/g, " "), waited < 30000);
    await sleep(100);
  }
});
await tally.check("an address that would be more than one, or a header, is refused at its field", async () => {
  for (const email of ["a@x.example, b@x.example", "a@x.example\r\nBcc: all@x.example", '"a b"@x.example', "a@x.example>", "<a@x.example"]) {
    const form = forms(await rosa.page("/people")).find((one) => one.action.endsWith("/people/invitations"));
    const done = await rosa.send(form.action, { ...form.hidden, email, role: "staff", by: "mail" });
    is(`${email}: ${done.status}`, done.status === 422 && done.text.includes("usa-error-message"));
  }
});
await tally.check("a reset asked for: the same is said to everybody, one letter goes, in its reader's language, and its link works", async () => {
  const ask = async (email) => {
    const person = new Person(server.address);
    const form = forms(await person.page("/recover/letter")).find((one) => one.action === "/recover/letter");
    const done = await person.send("/recover/letter", { ...form.hidden, email });
    return `${done.status} ${done.headers.get("location")} ${person.cookies.kedge_notice}`;
  };
  is("known and unknown differ", (await ask("marcus@elm-street.example")) === (await ask("stranger@elm-street.example")));
  const got = await letter("marcus@elm-street.example");
  is(got.subject, got.subject === "Una contraseña nueva para Biblioteca Niñez" && got.html.includes('lang="es"') && got.parts[0].head.includes("Content-Language: es"));
  const link = link_of(got, "/reset");
  tokens.push(link.split("/").pop());
  const person = new Person(server.address);
  const form = forms(await person.page(link)).find((one) => one.action === link);
  const done = await person.send(link, { ...form.hidden, password: "ten kettles sing aloud", recovery_code: "" });
  is(`reset ${done.status}`, done.status === 303);
  is("no stranger's letter", !readdirSync(join(box, "new")).some((file) => read_letter(file).to === "stranger@elm-street.example"));
});
await tally.check("an administrator sends one to the member's own address", async () => {
  const person = /href="(\/people\/[0-9a-f-]{36})"[^>]*>[^<]*Marcus/.exec(await rosa.page("/people"))[1];
  const form = forms(await rosa.page(person)).find((one) => one.action.endsWith("/reset-link"));
  is("sent", (await rosa.send(form.action, { ...form.hidden, by: "mail" })).status === 303);
  is("from whom", (await letter("marcus@elm-street.example")).text.includes("Rosa"));
});
await tally.check("the weekly letter: late ones, answered in one press, once; off without signing in", async () => {
  const form = forms(await rosa.page("/actions/new")).find((one) => one.action === "/actions");
  const me = new RegExp('value="(member:[0-9a-f-]{36})"[^>]*>Rosa').exec(await rosa.page("/actions/new"))[1];
  const made = await rosa.send("/actions", { ...form.hidden, step: "Ask the church about showers – ¿el martes?", owner: me, due: "2026-01-05", status: "started" });
  is(`an action ${made.status}`, made.status === 303);
  const written = command(["digest", "--data", data, "--json"], through(ports.start));
  is(written.text, written.ok && JSON.parse(written.out.trim()).written === 1);
  const got = await letter("rosa@elm-street.example");
  is(got.subject, got.subject === "This week’s actions at Biblioteca Niñez");
  is("the action", got.text.includes("Ask the church about showers – ¿el martes?") && got.html.includes("showers – ¿el martes?"));
  const link = link_of(got, "/asked");
  tokens.push(link.split("/").pop());
  const reader = new Person(server.address);
  for (let looked = 0; looked < 3; ++looked) is("looking uses it up", (await reader.ask(link)).status === 200);
  const page = await reader.page(link);
  is("it shows more than it needs", !page.includes("/people") && !page.includes("/workbooks"));
  const answer = forms(page).find((one) => one.action === link);
  const empty = await reader.send(link, { ...answer.hidden, note: "", said: "done" });
  is(`done without a word: ${empty.status}`, empty.status === 422);
  const noted = await reader.send(link, { ...answer.hidden, note: "They answered on Tuesday", said: "going" });
  is(`noted ${noted.status}`, noted.status === 200);
  const again = await reader.send(link, { ...answer.hidden, note: "again", said: "going" });
  is(`twice ${again.status} ${plain(again.text.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ")}`, again.status === 404 && again.text.includes("used already"));
  is("colleagues read it", (await rosa.page(made.headers.get("location"))).includes("They answered on Tuesday"));
  const named = got.headers["list-unsubscribe"][0].slice(1, -1);
  is(`one click: ${named} ${got.headers["list-unsubscribe-post"]}`, got.headers["list-unsubscribe-post"][0] === "List-Unsubscribe=One-Click" && named.startsWith(public_url));
  const off = named.replace(public_url, server.address);
  is("looking ends it", (await fetch(off)).status === 200 && (await rosa.page("/actions/feed")).includes("It goes to rosa@elm-street.example"));
  is("forged", (await fetch(`${off.slice(0, -1)}${off.endsWith("A") ? "B" : "A"}`, { method: "POST", body: "List-Unsubscribe=One-Click" })).status === 404);
  const ended = await fetch(off, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "List-Unsubscribe=One-Click" });
  is(`off ${ended.status}`, ended.status === 200 && (await rosa.page("/actions/feed")).includes("It is off."));
  is("once a week", JSON.parse(command(["digest", "--data", data, "--json"], through(ports.start)).out.trim()).written === 0);
});
await tally.check("what was sent has left neither address, word nor token behind", async () => {
  await server.stop();
  const left = must("sqlite3", [join(data, "kedge.db"), "SELECT COUNT(*) FROM letter WHERE state <> 'waiting' AND sealed IS NOT NULL"]);
  is(`${left} letters still hold words`, left === "0" && must("sqlite3", [join(data, "kedge.db"), "SELECT COUNT(*) FROM letter WHERE state = 'sent'"]) >= "4");
  for (const file of readdirSync(data)) {
    const bytes = readFileSync(join(data, file)).toString("latin1");
    for (const token of tokens) is(`${file} holds a token`, !bytes.includes(token));
    is(`${file} holds a letter`, !bytes.includes("this is what waits for somebody"));
  }
  is("the log", !/@elm-street|kedge@|550 /.test(server.log()));
});
await tally.check("without a mail server everything works by link", async () => {
  server = await serve(["--data", data]);
  const again = new Person(server.address, rosa.cookies);
  const people = await again.page("/people");
  is("a button to send", !people.includes('value="mail"'));
  const form = forms(people).find((one) => one.action.endsWith("/people/invitations"));
  const link = await again.send(form.action, { ...form.hidden, email: "x@elm-street.example", role: "staff", by: "mail" });
  is(`a link ${link.status}`, link.status === 200 && /\/invitation\/[A-Za-z0-9_-]{22}/.test(link.text));
  is("a letter is offered", (await new Person(server.address).ask("/recover/letter")).status === 303);
  const action = /href="(\/actions\/[0-9a-f-]{36})"/.exec(await again.page("/actions"))[1];
  is("the action opens", (await again.ask(action)).status === 200);
});

await server.stop();
await exim.stop();
tally.end();
