// Those that the pages are measured against: nginx with the same bytes in a file, and Fossil with its timeline.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, free_port, must, sleep, start } from "../tests/service.mjs";

async function answers(address, child) {
  for (const until = Date.now() + 15000; Date.now() < until; await sleep(20)) {
    if (child.exitCode !== null) throw new Error(`a peer ended with ${child.exitCode}: ${child.log}`);
    try { if ((await fetch(address)).ok) return; } catch { /* not yet */ }
  }
  throw new Error(`a peer does not answer: ${child.log}`);
}

// `pages`: { name: bytes }
export async function nginx(pages, compression) {
  const place = folder("nginx");
  for (const [name, bytes] of Object.entries(pages)) writeFileSync(join(place, `${name}.html`), bytes);
  mkdirSync(join(place, "t"));
  const port = await free_port();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${place}/t/${name};`).join(" ");
  writeFileSync(join(place, "nginx.conf"), `${process.getuid() === 0 ? "user root;" : ""} daemon off; worker_processes 2; pid ${place}/pid; error_log stderr;
events { worker_connections 1024; }
http { access_log off; types { text/html html; } default_type text/html; sendfile on; keepalive_requests 1000000; gzip ${compression ? "on" : "off"}; ${temporary}
  server { listen 127.0.0.1:${port}; root ${place}; } }\n`);
  const child = start("nginx", ["-p", place, "-c", join(place, "nginx.conf")]);
  const address = `http://127.0.0.1:${port}`;
  await answers(`${address}/${Object.keys(pages)[0]}.html`, child);
  return { address, stop: () => child.stop() };
}

export async function fossil(checkins) {
  const place = folder("fossil");
  const env = { ...process.env, HOME: place, FOSSIL_HOME: place, USER: "bench" };
  const tree = join(place, "tree");
  mkdirSync(tree);
  const repository = join(place, "bench.fossil");
  must("fossil", ["init", repository], { env });
  must("fossil", ["open", repository], { env, cwd: tree });
  writeFileSync(join(place, "fill.sh"), `set -e
for at in $(seq ${checkins}); do echo "line $at" >>notes.txt; [ "$at" != 1 ] || fossil add notes.txt >/dev/null
fossil commit --no-warnings --no-prompt --nosign --user-override bench -m "Check-in $at: what we saw, what we did and what we would rather do the next time" >/dev/null 2>&1; done\n`);
  must("sh", [join(place, "fill.sh")], { env, cwd: tree });
  const port = await free_port();
  const child = start("fossil", ["server", "--localhost", "--port", String(port), repository], { env });
  const address = `http://127.0.0.1:${port}`;
  await answers(`${address}/timeline`, child);
  const page = await (await fetch(`${address}/timeline`)).text();
  if (!page.includes(`Check-in ${checkins}:`)) throw new Error("Fossil's timeline does not show its check-ins");
  return { address, path: "/timeline", bytes: page.length, stop: () => child.stop() };
}
