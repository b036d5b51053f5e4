// ./bench: the main pages against nginx and Fossil in the same run, memory, and the time to a first page. Writes build/bench/latest.md.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { binary, enter, folder, free_port, must, root, run, serve, sleep, start } from "../tests/service.mjs";
import { fossil, nginx } from "./peers.mjs";
import { fill } from "./year.mjs";

const kSeconds = Number(process.env.KEDGE_BENCH_SECONDS ?? 5);
const kConnections = 16;
const kIdle = 2000;
const kPace = 50;  // requests a second, for the budget of a page
const kOfNginx = 0.2;
const kOfFossil = 10;

const lines = [];
const say = (line = "") => { lines.push(line); console.log(line); };
const ms = (number, unit) => number * { us: 0.001, ms: 1, s: 1000, m: 60000 }[unit];
const round = (number) => (number >= 100 ? Math.round(number) : number >= 10 ? number.toFixed(1) : number.toFixed(2));

function wrk(address, headers) {
  const done = run("wrk", ["-t", "1", "-c", String(kConnections), "-d", `${kSeconds}s`, "--latency", ...Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]), address], { timeout: (kSeconds + 20) * 1000 });
  if (!done.ok) throw new Error(`wrk: ${done.text}`);
  const wrong = /Non-2xx or 3xx responses: (\d+)/.exec(done.out) ?? /Socket errors: .*(?:read|timeout) [1-9].*/.exec(done.out);
  const at = (share) => { const [, number, unit] = new RegExp(`${share}%\\s+([\\d.]+)(us|ms|s|m)`).exec(done.out); return ms(Number(number), unit); };
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(done.out)[1]), p50: at(50), p99: at(99), wrong: wrong?.[0] ?? "" };
}

async function paced(person, path, seconds = kSeconds) {
  const taken = [];
  const under_way = [];
  const began = performance.now() + 1000;
  for (let at = -kPace; at < kPace * seconds; ++at) {  // the first second warms the client up, and is not counted
    await sleep(Math.max(0, began + at * (1000 / kPace) - performance.now()));
    const sent = performance.now();
    under_way.push(person.ask(path).then(({ status }) => { if (status !== 200) throw new Error(`${path}: ${status}`); if (at >= 0) taken.push(performance.now() - sent); }));
  }
  await Promise.all(under_way);
  taken.sort((one, other) => one - other);
  return { p50: taken[Math.floor(taken.length * 0.5)], p99: taken[Math.floor(taken.length * 0.99)] };
}

function memory(pid) { return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024; }

// `text`: a whole request; resolves when the head of the answer is there. Opened 50 at a time.
async function idle(server, text) {
  const sockets = [];
  let well = 0;
  for (let at = 0; at < kIdle; at += 50) {
    await Promise.all(Array.from({ length: 50 }, () => new Promise((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () => socket.write(text));
      sockets.push(socket);
      socket.setTimeout(5000, resolve);
      socket.on("error", resolve);
      socket.on("data", (bytes) => { if (String(bytes).startsWith("HTTP/1.1 200")) well += 1; resolve(); });
    })));
  }
  await sleep(1000);
  const open = sockets.filter((socket) => !socket.destroyed && socket.readyState === "open").length;
  const now = memory(server.pid);
  for (const socket of sockets) socket.destroy();
  return { well, open, now };
}

async function first_page(where) {
  const taken = [];
  for (let at = 0; at < 5; ++at) {
    const port = await free_port();
    const began = performance.now();
    const child = start(binary, ["serve", ...where, "--port", String(port), "--log", "warn"]);
    for (;;) {
      const got = await new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
        socket.once("data", (bytes) => { socket.destroy(); resolve(/^HTTP\/1.1 200/.test(String(bytes))); });
        socket.once("error", () => resolve(false));
      });
      if (got) break;
      if (child.exitCode !== null || performance.now() - began > 15000) throw new Error(`no first page: ${child.log}`);
      await sleep(1);
    }
    taken.push(performance.now() - began);
    await child.stop();
  }
  return taken.sort((one, other) => one - other)[2];
}

let over = 0;
const within = (good) => { if (!good) over += 1; return good ? "" : " **over budget**"; };

async function compare(where, year, timeline, compression) {
  const server = await serve(where, compression ? [] : ["--no-compression"]);
  const rosa = await enter(server.address, "Rosa");
  const paths = { section: year.section, actions: "/actions", findings: "/findings" };
  const pages = {};
  for (const [name, path] of Object.entries(paths)) pages[name] = await rosa.page(path);
  const web = await nginx(pages, compression);
  const accept = compression ? { "Accept-Encoding": "gzip" } : {};
  say(`## Compression ${compression ? "on" : "off"} on all sides`);
  say();
  say("| Page | bytes | requests/s | p50 ms | p99 ms | nginx requests/s | of nginx (at least 0.2) | of Fossil (at least 10) |");
  say("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  try {
    const theirs = wrk(timeline.address + timeline.path, accept);
    for (const [name, path] of Object.entries(paths)) {
      const ours = wrk(server.address + path, { Cookie: rosa.cookie(), ...accept });
      const file = wrk(`${web.address}/${name}.html`, accept);
      const [one, other] = [ours.rate / file.rate, ours.rate / theirs.rate];
      say(`| ${name} | ${Buffer.byteLength(pages[name])} | ${round(ours.rate)} | ${round(ours.p50)} | ${round(ours.p99)} | ${round(file.rate)} | ${one.toFixed(3)}${within(one >= kOfNginx)} | ${round(other)}${within(other >= kOfFossil)} |${ours.wrong ? ` ${ours.wrong}` : ""}`);
    }
    say(`| Fossil's timeline | ${timeline.bytes} | ${round(theirs.rate)} | ${round(theirs.p50)} | ${round(theirs.p99)} | | | |${theirs.wrong ? ` ${theirs.wrong}` : ""}`);
    say();
    if (!compression) {
      say(`At ${kPace} requests a second, as a person's browser would see it (budget: p50 5 ms, p99 25 ms; the client is on the same cores):`);
      say();
      for (const [name, path] of Object.entries(paths)) {
        const { p50, p99 } = await paced(rosa, path);
        say(`- ${name}: p50 ${round(p50)} ms, p99 ${round(p99)} ms${within(p50 <= 5 && p99 <= 25)}`);
      }
      say();
    }
  } finally { await server.stop(); await web.stop(); }
}

const data = join(folder("bench"), "data");
const where = ["--data", data];
must(binary, ["init", "--example", ...where]);
let server = await serve(where);
const year = await fill(await enter(server.address, "Rosa"));
await server.stop();
const timeline = await fossil(year.rows);

say("# Bench");
say();
say(`${run(binary, ["--version"]).out.trim()}, commit ${run("git", ["rev-parse", "--short", "HEAD"], { cwd: root }).out.trim()}, ${cpus().length} cores (${cpus()[0].model}), load before ${loadavg()[0].toFixed(2)}, SQLite, ${kConnections} connections for ${kSeconds} s, client and servers on the same machine.`);
say(`Data: ${year.said}; Fossil: ${year.rows} check-ins.`);
say();
await compare(where, year, timeline, false);
await compare(where, year, timeline, true);
await timeline.stop();

say("## Memory and start");
say();
server = await serve(where, ["--most-streams", String(kIdle + 10)]);
const rosa = await enter(server.address, "Rosa");
await sleep(500);
const quiet = memory(server.pid);
say(`- idle: ${round(quiet)} MB (budget 40)${within(quiet <= 40)}`);
const waiting = await idle(server, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
say(`- with ${waiting.open} idle connections: ${round(waiting.now)} MB${waiting.open < kIdle ? ` (only ${waiting.open} of ${kIdle} stayed open)` : ""}`);
await server.stop();
server = await serve(where, ["--most-streams", String(kIdle + 10)]);
const streams = await idle(server, `GET /live?after=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${rosa.cookie()}\r\nAccept: text/event-stream\r\n\r\n`);
say(`- with ${streams.open} open event streams: ${round(streams.now)} MB${streams.well < kIdle ? ` (${streams.well} of ${kIdle} answered 200)` : ""}`);
await server.stop();
const start_ms = await first_page(where);
say(`- start to first page: ${round(start_ms)} ms (budget 100; median of 5)${within(start_ms <= 100)}`);
say();
say(over ? `${over} figures over budget.` : "All within budget.");
mkdirSync(join(root, "build", "bench"), { recursive: true });
writeFileSync(join(root, "build", "bench", "latest.md"), `${lines.join("\n")}\n`);
process.exit(over ? 1 : 0);
