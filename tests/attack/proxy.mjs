// The configurations that we ship, in a real nginx and a real Caddy on loopback: what they leave on the disk about links, codes and
// anonymous routes.
import { readFileSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { Person, folder, forms, free_port, must, root, run, serve, sleep, start } from "../service.mjs";
import { bytes_under } from "./stores.mjs";

const kAgent = "Attackers-Browser/7";

function certificate(place) {
  must("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", join(place, "key.pem"), "-out", join(place, "cert.pem")]);
  return readFileSync(join(place, "cert.pem"));
}

// A configuration of ours with this test's places in it.
function placed(file, places) {
  let text = readFileSync(join(root, "packaging", file), "utf8");
  for (const [from, to] of places) {
    if (!from.test(text)) throw new Error(`packaging/${file} has no ${from}`);
    text = text.replace(from, to);
  }
  return text;
}

// `changed(text)`: an installation that was set up otherwise, as a plant.
export async function nginx(port, upstream, changed) {
  const place = folder("nginx");
  for (const name of ["logs", "body", "proxy", "other"]) mkdirSync(join(place, name));
  const ca = certificate(place);
  const plain = await free_port();
  writeFileSync(join(place, "kedge.conf"), changed(placed("nginx/kedge.conf", [
    [/server 127\.0\.0\.1:8080;/, `server 127.0.0.1:${upstream};`], [/listen 80;/, `listen 127.0.0.1:${plain};`], [/listen 443 /, `listen 127.0.0.1:${port} `], [/server_name \S+;/g, "server_name localhost;"],
    [/ssl_certificate \S+;/, `ssl_certificate ${place}/cert.pem;`], [/ssl_certificate_key \S+;/, `ssl_certificate_key ${place}/key.pem;`],
    [/access_log \S+ /, `access_log ${place}/logs/access.log `], [/error_log \S+ /g, `error_log ${place}/logs/error.log `],
  ])));
  const user = process.getuid() === 0 ? "user root;" : "";
  writeFileSync(join(place, "nginx.conf"), `${user} worker_processes 1; daemon off; pid ${place}/pid; error_log ${place}/logs/main.log warn;
events {} http { client_body_temp_path ${place}/body; proxy_temp_path ${place}/proxy; fastcgi_temp_path ${place}/other; uwsgi_temp_path ${place}/other; scgi_temp_path ${place}/other;
include ${place}/kedge.conf; }\n`);
  const child = start("nginx", ["-p", place, "-e", `${place}/logs/main.log`, "-c", `${place}/nginx.conf`]);
  return { port, plain, ca, stop: () => child.stop("SIGQUIT"), left: () => bytes_under(place, (path) => /\.(pem|conf)$/.test(path)) };
}

// It writes its log to its standard error, which is a file here. What it keeps of its own settings tells of nobody.
export async function caddy(port, upstream, changed) {
  const place = folder("caddy");
  const ca = certificate(place);
  writeFileSync(join(place, "Caddyfile"), changed(placed("caddy/Caddyfile", [
    [/^\{$/m, "{\n\tadmin off\n\tauto_https disable_redirects"], [/^kedge\.example\.org \{$/m, `https://localhost:${port} {\n\tbind 127.0.0.1\n\ttls ${place}/cert.pem ${place}/key.pem`],
    [/reverse_proxy 127\.0\.0\.1:8080$/m, `reverse_proxy 127.0.0.1:${upstream}`],
  ])));
  const child = start("caddy", ["run", "--config", `${place}/Caddyfile`, "--adapter", "caddyfile"],
    { env: { ...process.env, HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place, TMPDIR: place }, cwd: place, stdio: ["ignore", "ignore", openSync(join(place, "caddy.log"), "w")] });
  return { port, ca, stop: () => child.stop(), left: () => bytes_under(place, (path) => /\.pem$|Caddyfile$|autosave\.json$|instance\.uuid$/.test(path)) };
}

// A person whose way leads through the proxy.
class Proxied extends Person {
  constructor(proxy, address) { super(address); this.proxy = proxy; }
  ask(path, { method = "GET", body, headers = {} } = {}) {
    const sent = body === undefined ? undefined : String(body);
    const all = { ...headers, cookie: this.cookie(), "user-agent": kAgent, ...(sent === undefined ? {} : { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(sent) }) };
    return new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", servername: "localhost", port: this.proxy.port, path, method, headers: { host: `localhost:${this.proxy.port}`, ...all }, ca: this.proxy.ca }, (got) => {
        let text = "";
        got.setEncoding("utf8").on("data", (part) => { text += part; }).on("end", () => {
          for (const line of got.headers["set-cookie"] ?? []) { const [, name, value] = /^([^=]+)=([^;]*)/.exec(line); this.cookies[name] = value; }
          resolve({ status: got.statusCode, text, headers: new Headers(Object.entries(got.headers).filter(([, value]) => typeof value === "string")) });
        });
      });
      asked.on("error", reject).end(sent);
    });
  }
}

async function up(person) {
  for (const until = Date.now() + 10000; ; await sleep(30)) {
    try { if ((await person.ask("/health")).status === 200) return; } catch (error) { if (Date.now() > until) throw error; }
    if (Date.now() > until) throw new Error("nothing comes through the proxy");
  }
}

// Somebody opens links and codes, marks, writes a long answer; then Kedge is gone and a link is opened once more.
export async function through_a_proxy(program, where, { tokens, list, answer, who }, changed = (text) => text) {
  const port = await free_port();
  const server = await serve(where, ["--behind-proxy", "127.0.0.1", "--public-url", `https://localhost:${port}`]);
  const proxy = await program(port, server.port, changed);
  try {
    const person = new Proxied(proxy, "");
    await up(person);
    for (const token of tokens) for (const room of ["invitation", "reset", "join"]) {
      await person.ask(`/${room}/${token}?from=${token}`, { headers: { referer: `https://localhost/${room}/${token}` } });
      await person.send(`/${room}/${token}`, { name: "x" });
    }
    for (const token of proxy.plain ? tokens : []) {
      const led = await fetch(`http://127.0.0.1:${proxy.plain}/invitation/${token}?from=${token}`, { redirect: "manual", headers: { "user-agent": kAgent } });
      if (led.status !== 301) throw new Error(`without https: ${led.status}`);
    }
    const door = forms(await person.page("/sign-in")).find(({ action }) => action.startsWith("/sign-in"));
    const signed = await person.send(door.action, { ...door.hidden, ...who });
    if (signed.status !== 303) throw new Error(`signing in through ${program.name}: ${signed.status}`);
    await person.page("/workbooks");
    await person.send(list, { well: "x", comment: "anonymous" });
    await person.send(answer, { words: "long ".repeat(60000), csrf: person.csrf });
    await server.stop();
    const gone = await person.ask(`/invitation/${tokens[0]}`);
    if (gone.status !== 502) throw new Error(`without kedge ${program.name} answers ${gone.status}`);
    await person.send(list, { well: "x" }).catch(() => {});
  } finally {
    await proxy.stop();
    await server.stop();
  }
  return proxy.left();
}
const has_openssl = () => run("openssl", ["version"]).ok;
export const has_nginx = () => run("nginx", ["-v"]).ok && has_openssl();
export const has_caddy = () => run("caddy", ["version"]).ok && has_openssl();
export { kAgent };
