// The Debian package.
//   node tests/package.mjs                    what can be seen anywhere: what is in it, that its program runs from there, that a
//                                             document is made without any right; part of ./test
//   node tests/package.mjs --machine FOLDER   installs, upgrades, removes and purges it on a bare Debian 12 that runs its own systemd
//                                             in FOLDER (made by mmdebstrap where it is missing); some minutes, needs root
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Person, folder, free_port, must, root, run, sleep, start } from "./service.mjs";

let passed = 0;
let failed = 0;
let skipped = 0;
async function check(name, body) {
  try { await body(); ++passed; console.log(`ok ${name}`); return true; }
  catch (error) { ++failed; console.log(`FAILED: ${name}: ${error.message}`); return false; }
}
function skip(name, why) { ++skipped; console.log(`skipped ${name}: ${why}`); }
function is(holds, what) { if (!holds) throw new Error(what); }
const has = (program) => run("sh", ["-c", `command -v ${program}`]).ok;
const end = () => { console.log(`package: ${passed} passed, ${failed} failed, ${skipped} skipped`); process.exit(failed ? 1 : 0); };

const at = process.argv.indexOf("--machine");
const machine = at > 0 ? process.argv[at + 1] : "";
const place = folder("package");
chmodSync(place, 0o755);  // a user without rights looks in
process.chdir(root);

if (!has("dpkg-deb") || !has("dpkg-shlibdeps")) {
  skip("the package", "dpkg-dev is not installed");
  end();
}
// quicker than what is shipped, and no less true
const env = { ...process.env, DPKG_DEB_COMPRESSOR_TYPE: "gzip" };
const build = (to, ...more) => must("packaging/deb/build", ["--to", join(place, to), ...more], { env });
const deb = build("one");
const field = (name) => must("dpkg-deb", ["--field", deb, name]);

async function anywhere() {
  const tree = join(place, "tree");
  must("dpkg-deb", ["--extract", deb, tree]);
  const unit = (name) => readFileSync(join(tree, "lib/systemd/system", name), "utf8");

  await check("the same commit gives the same package", () => {
    is(readFileSync(deb).equals(readFileSync(build("two"))), "the second one differs");
  });
  await check("its version comes before the release that it leads to", () => {
    const number = /^project\(kedge VERSION ([0-9.]+)/m.exec(readFileSync("CMakeLists.txt", "utf8"))[1];
    is(run("dpkg", ["--compare-versions", field("Version"), "le", `${number}-1`]).ok, `${field("Version")} is newer than ${number}-1`);
  });
  await check("it asks for what it is linked with, and recommends what makes documents", () => {
    is(/\blibsqlite3-0\b/.test(field("Depends")) && /\blibsodium23\b/.test(field("Depends")) && !/@/.test(field("Depends")), field("Depends"));
    const makers = readFileSync("packaging/packages/documents.txt", "utf8").split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split(" ")[0]);
    const missing = makers.filter((name) => !field("Recommends").split(/, */).includes(name));
    is(makers.length > 2 && missing.length === 0, `not recommended: ${missing}`);
  });
  await check("everything in it is root's, and nobody else can write it", () => {
    const lines = must("dpkg-deb", ["--contents", deb]).split("\n");
    const wrong = lines.filter((line) => !/^(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x|lrwxrwxrwx) root\/root /.test(line));
    is(lines.length > 50 && wrong.length === 0, wrong.slice(0, 3).join("; "));
  });
  await check("its settings are a file that an upgrade leaves alone", () => is(must("dpkg-deb", ["--info", deb, "conffiles"]) === "/etc/kedge/kedge.conf", "it is no conffile"));
  await check("what docs/operate.md and the units name is in it", () => {
    const named = ["docs/operate.md", "packaging/deb/kedge.1", ...["kedge.service", "kedge-backup.service", "nightly"].map((name) => `packaging/systemd/${name}`)]
      .flatMap((file) => [...readFileSync(file, "utf8").replace(/\\-/g, "-").matchAll(/\/(?:usr\/(?:bin|lib|share\/doc)|etc)\/kedge[A-Za-z0-9_./-]*[A-Za-z0-9]/g)].map(([path]) => path));
    const missing = [...new Set(named)].filter((path) => !["/etc/kedge/passphrase", "/etc/kedge/mail-password"].includes(path) && !existsSync(join(tree, path)));
    is(named.length > 10 && missing.length === 0, missing.join(" "));
  });
  await check("the settings say only what the program knows", () => {
    const data = join(place, "settings");
    mkdirSync(data);
    writeFileSync(join(data, "kedge.conf"), readFileSync(join(tree, "etc/kedge/kedge.conf"), "utf8").replace(/^#(?=[a-z-]+ = )/gm, ""));
    must(join(tree, "usr/bin/kedge"), ["init", "--data", data]);
    must(join(tree, "usr/bin/kedge"), ["check", "--data", data]);
  });
  await check("its program finds its own content, serves a page and what dresses it", async () => {
    const program = join(tree, "usr/bin/kedge");
    const bare = { PATH: "/usr/bin:/bin", LANG: "C.UTF-8" };
    is(/social-work-approaches/.test(must(program, ["guide", "list"], { env: bare, cwd: "/" })), "it has no guide");
    const port = await free_port();
    const server = start(program, ["serve", "--data", join(place, "data"), "--port", String(port)], { env: bare, cwd: "/" });
    try {
      const address = `http://127.0.0.1:${port}`;
      for (const until = Date.now() + 20000; ; await sleep(50)) {
        try { if ((await fetch(`${address}/health`)).ok) break; } catch { /* not yet */ }
        is(Date.now() < until && server.exitCode === null, `it does not answer: ${server.log}`);
      }
      const page = await new Person(address).page("/");
      const style = / href="(\/assets\/[^"]*\.css[^"]*)"/.exec(page)?.[1];
      is(style && (await fetch(address + style)).ok, "the style sheet is not there");
    } finally { await server.stop(); }
  });
  await check("its program leaves the machine where it was built", () => {
    is(!/RUNPATH|RPATH/.test(must("readelf", ["-d", join(tree, "usr/bin/kedge")])), "it has a RUNPATH");
    is(!readFileSync(join(tree, "usr/bin/kedge")).includes(root), "it names the folder where it was built");
  });
  await check("the unit keeps what people write to one user, out of dumps and swap", () => {
    for (const name of ["kedge.service", "kedge-backup.service"])
      for (const line of ["User=kedge", "UMask=0077", "LimitCORE=0", "MemorySwapMax=0", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes"])
        is(unit(name).split("\n").includes(line), `${name} has no ${line}`);
    is(/^StateDirectoryMode=0700$/m.test(unit("kedge.service")), "the folder is open to others");
  });
  await check("the unit leaves the box of documents what it needs", () => {
    const wrong = unit("kedge.service").split("\n").filter((line) => /^(RestrictNamespaces|MemoryDenyWriteExecute|ProtectHostname|ProtectKernelTunables|ProtectKernelLogs|ProtectProc|ProcSubset)=/.test(line));
    is(wrong.length === 0, wrong.join(" "));
    is(/^RestrictAddressFamilies=.*AF_NETLINK/m.test(unit("kedge.service")), "AF_NETLINK is missing");
    const calls = /^SystemCallFilter=(.*)$/m.exec(unit("kedge.service"))[1].split(" ");
    is(["mount", "umount2", "pivot_root", "chroot", "seccomp"].every((call) => calls.includes(call)), calls.join(" "));
  });
  if (/^systemd 252/.test(run("systemd-analyze", ["--version"]).out)) {  // each version weighs in its own way
    for (const [name, most] of [["kedge.service", 32], ["kedge-backup.service", 18]])
      await check(`systemd finds ${name} as tight as it was, in words that it knows`, () => {
        const done = run("systemd-analyze", ["security", "--offline=true", "--no-pager", `--threshold=${most}`, join(tree, "lib/systemd/system", name)]);
        is(done.ok && !/[Uu]nknown/.test(done.text), done.text.split("\n").filter((line) => /nknown|exposure level/.test(line)).join("; "));
      });
  } else skip("systemd's own look at the units", "Debian 12's systemd-analyze is not installed");
  await check("the package's scripts are scripts", () => {
    const scripts = join(place, "control");
    must("dpkg-deb", ["--control", deb, scripts]);
    const all = [...["postinst", "prerm", "postrm"].map((name) => join(scripts, name)), join(tree, "usr/lib/kedge/nightly"), join(root, "packaging/deb/build")];
    for (const script of all) {
      must("sh", ["-n", script]);
      if (has("shellcheck")) must("shellcheck", [script]);
    }
    is(all.every((script) => statSync(script).mode & 0o100), "one can't be run");
  });
  if (has("lintian")) {
    await check("lintian finds nothing", () => {
      const found = run("lintian", ["--allow-root", "--suppress-tags", "initial-upload-closes-no-bugs", deb]).text.split("\n").filter((line) => /^[EW]:/.test(line));
      is(found.length === 0, found.join("; "));
    });
  } else skip("lintian", "it is not installed");
  if (has("caddy")) {
    await check("Caddy understands its configuration, written as it writes it", () => {
      const file = join(tree, "usr/share/doc/kedge/examples/caddy/Caddyfile");
      const own = { ...process.env, HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place };
      must("caddy", ["validate", "--config", file, "--adapter", "caddyfile"], { env: own });
      is(run("caddy", ["fmt", file], { env: own }).out === readFileSync(file, "utf8"), "caddy fmt would change it");
    });
  } else skip("Caddy's configuration", "caddy is not installed");
  const makers = ["bwrap", "chromium", "setpriv"].filter((name) => !existsSync(`/usr/bin/${name}`));
  if (makers.length === 0) {
    await check("a PDF is made without any right, by an ordinary user", () => {
      const out = join(place, "out");
      mkdirSync(out);
      chmodSync(out, 0o777);
      const nobody = process.getuid() === 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"] : [];
      must("setpriv", [...nobody, "--no-new-privs", join(tree, "usr/bin/kedge"), "guide", "print", "social-work-approaches", "--format", "pdf", "--out", join(out, "guide.pdf")], { cwd: "/" });
      is(readFileSync(join(out, "guide.pdf")).subarray(0, 5).toString() === "%PDF-", "it is no PDF");
    });
  } else skip("a PDF without any right", `${makers.join(", ")} is not installed`);
  skip("a bare machine", "node tests/package.mjs --machine FOLDER");
}

// What a volunteer does on a machine of their own, one thing after the other.
async function on_a_machine() {
  if (process.getuid() !== 0) throw new Error("a machine of its own needs root");
  const inside = (...words) => run("chroot", [machine, "env", "-i", "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", ...words], { timeout: 580000 });
  if (!existsSync(join(machine, "usr/bin/dpkg")))
    must("mmdebstrap", ["--quiet", "--variant=minbase", "--include=ca-certificates,systemd-sysv,dbus", "bookworm", machine, ...["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"].filter(existsSync).slice(0, 1)], { timeout: 580000 });
  for (const name of readdirSync("/etc/apt/apt.conf.d").filter((one) => one.startsWith("99"))) cpSync(join("/etc/apt/apt.conf.d", name), join(machine, "etc/apt/apt.conf.d", name));
  for (const name of ["resolv.conf", "hosts"]) cpSync(join("/etc", name), join(machine, "etc", name));

  const newer = build("newer", "--version", "9.0-1");
  const [first, second] = [deb, newer].map((file) => file.split("/").pop());
  for (const file of [deb, newer]) cpSync(file, join(machine, "srv", file.split("/").pop()));
  // it has no network once it runs: what the package asks for is fetched before
  must("chroot", [machine, "apt-get", "update", "-q"], { timeout: 580000 });
  const fetched = inside("apt-get", "install", "-y", "-q", "--download-only", "-o", "APT::Keep-Downloaded-Packages=true", `/srv/${first}`);
  if (!fetched.ok) throw new Error(fetched.text.slice(-600));

  const boot = start(join(root, "tests/package/boot"), [machine]);
  let init = "";
  for (const until = Date.now() + 20000; !init && Date.now() < until; await sleep(100))
    init = run("pgrep", ["-P", String(boot.pid), "systemd"]).out.trim();
  if (!init) throw new Error(`its systemd does not start: ${boot.log}`);
  const sh = (text) => run("nsenter", ["-t", init, "-m", "-p", "-u", "-i", "-n", "-C", "env", "-i", "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", `cd / && ${text}`], { timeout: 580000 });
  const well = (text) => { const done = sh(text); if (!done.ok) throw new Error(`${text}: ${done.text.slice(-600)}`); return done.out.trim(); };
  // the words of docs/operate.md, without the sudo that a bare machine lacks
  const kedge = (text) => well(`setpriv --reuid=kedge --regid=kedge --init-groups env HOME=/var/lib/kedge kedge ${text}`);
  const apt = (text) => well(`apt-get -y -q ${text} 2>&1`);
  const visit = (what) => { const done = run("nsenter", ["-t", init, "-n", process.execPath, join(root, "tests/package/visit.mjs"), what], { timeout: 200000 }); if (!done.ok) throw new Error(done.text.slice(-600)); return done.out.trim(); };
  const up = async () => { for (const until = Date.now() + 20000; ; await sleep(100)) { try { return visit("health"); } catch (error) { if (Date.now() > until) throw error; } } };
  const main_process = () => well("systemctl show --property MainPID --value kedge");
  for (const until = Date.now() + 30000; !/running|degraded/.test(sh("systemctl is-system-running").out) && Date.now() < until;) await sleep(200);
  try {
    if (!await check("it installs on a machine that has nothing of it", () => apt(`install /srv/${first}`))) return;
    await check("it runs, starts with the machine, and so does the nightly backup", async () => {
      well("systemctl is-active kedge kedge-backup.timer && systemctl is-enabled kedge kedge-backup.timer");
      await up();
    });
    await check("systemd knows every word of the units", () => is(!/kedge.*(Unknown|ignoring)/.test(well("journalctl --no-pager -o cat")), well("journalctl --no-pager -o cat -g 'Unknown|ignoring'")));
    await check("folders and settings are the service's own", () => {
      for (const name of ["/var/lib/kedge", "/var/backups/kedge", "/var/backups/kedge-keys"]) is(well(`stat -c "%U %a" ${name}`) === "kedge 700", name);
      is(well("stat -c '%U %G %a' /etc/kedge/kedge.conf") === "root kedge 640", "/etc/kedge/kedge.conf");
      is(well("stat -c %a /var/lib/kedge/keys.db /var/lib/kedge/kedge.db | sort -u") === "600", "a database can be read by others");
    });
    await check("it has no right, no core dump, and the machine to read only", () => {
      const status = well(`cat /proc/${main_process()}/status`);
      is(/^CapBnd:\s+0+$/m.test(status) && /^CapEff:\s+0+$/m.test(status) && /^NoNewPrivs:\s+1$/m.test(status) && /^Seccomp:\s+2$/m.test(status), status);
      is(/^Max core file size +0 +0 /m.test(well(`cat /proc/${main_process()}/limits`)), "it may dump core");
      is(!sh(`nsenter -t ${main_process()} -m touch /usr/planted`).ok && !sh("ls /usr/planted").ok, "it may write beside its folder");
    });
    await check("the first start says the code that founds a library", () => is(/\/found .*[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/.test(well("journalctl -u kedge -o cat --no-pager")), "no code is in the log"));
    well("systemctl stop kedge");
    kedge("init --example --data /var/lib/kedge");
    well("systemctl start kedge");
    await check("the service makes a PDF, a Word file and Markdown under its locks", async () => { await up(); visit("documents"); });

    await check("the nightly backup says that keys are left out while there is no passphrase", () => {
      well("systemctl start kedge-backup");
      is(/The keys are not in this backup/.test(well("journalctl -u kedge-backup -o cat --no-pager")), "it does not");
    });
    await check("with one it writes both, for the service's user alone, and finds all whole", () => {
      well("printf 'four herons over the mill\\n' | install -m 0640 -o root -g kedge /dev/stdin /etc/kedge/passphrase && systemctl start kedge-backup");
      is(well("stat -c '%U %a' /var/backups/kedge/*.kedge /var/backups/kedge-keys/keys.kedge | sort -u") === "kedge 600", "a backup can be read by others");
      is(/ok +key_backup/.test(kedge("check --data /var/lib/kedge")), "the check does not know of it");
    });
    await check("it keeps a fortnight, and drops older ones", () => {
      well("cd /var/backups/kedge && touch -d '20 days ago' kedge-2020-01-01.kedge && touch -d '20 days ago' mine.kedge && touch -d '10 days ago' kedge-2020-01-11.kedge && systemctl start kedge-backup");
      is(well("cd /var/backups/kedge && ls").split("\n").filter((name) => /2020|mine/.test(name)).join(" ") === "kedge-2020-01-11.kedge mine.kedge", "it does not");
      well("rm /var/backups/kedge/kedge-2020-01-11.kedge /var/backups/kedge/mine.kedge");
    });

    const before = main_process();
    well("sed -i 's/^#port = .*/port = 8081/' /etc/kedge/kedge.conf");
    await check("an upgrade starts it anew, with its data and changed settings, and asks nothing", async () => {
      apt(`install /srv/${second}`);
      is(main_process() !== before && main_process() !== "0", "it was not started anew");
      is(well("dpkg-query -W -f '${Version}' kedge") === "9.0-1", "it is another version");
      is(/port = 8081/.test(well("cat /etc/kedge/kedge.conf")), "the settings went");
      is(well("stat -c '%U %G %a' /etc/kedge/kedge.conf") === "root kedge 640", "the settings can be read by others");
      well("sed -i 's/^port = .*/#port = 8080/' /etc/kedge/kedge.conf && systemctl restart kedge");
      await up();
      visit("example");
    });
    await check("who switched it off finds it off after an upgrade", () => {
      well("systemctl disable --now kedge 2>&1");
      apt(`install --reinstall /srv/${second}`);
      is(!sh("systemctl is-active kedge").ok && !sh("systemctl is-enabled kedge").ok, "it runs");
      well("systemctl enable --now kedge 2>&1");
    });
    await check("a lost disk comes back from the two files", async () => {
      well("systemctl stop kedge && mv /var/lib/kedge /var/lib/kedge.lost && install -d -m 0700 -o kedge -g kedge /var/lib/kedge && ln -s /etc/kedge/kedge.conf /var/lib/kedge/kedge.conf");
      kedge("key restore /var/backups/kedge-keys/keys.kedge --passphrase-file /etc/kedge/passphrase --data /var/lib/kedge");
      const said = kedge("restore /var/backups/kedge/kedge-$(date +%F).kedge --data /var/lib/kedge");
      is(!/not in this keyring/.test(said), said);
      kedge("check --data /var/lib/kedge");
      well("systemctl start kedge");
      await up();
      visit("example");
      well("rm -r /var/lib/kedge.lost");
    });

    await check("removed, it is gone and what people wrote is there", () => {
      apt("remove kedge");
      is(!sh("systemctl is-active kedge kedge-backup.timer").ok && !sh("ls /usr/bin/kedge /usr/share/kedge").ok && !sh("pgrep -x kedge").ok, "something of it is left");
      well("ls /var/lib/kedge/kedge.db /etc/kedge/kedge.conf");
    });
    await check("installed again, it goes on where it was", async () => { apt(`install /srv/${second}`); await up(); visit("example"); });
    await check("purged, it keeps what people wrote, and says so", () => {
      const said = apt("purge kedge");
      is(/kept, since there is something in it: .*\/var\/lib\/kedge/.test(said), said.slice(-400));
      well("ls /var/lib/kedge/kedge.db /etc/kedge/passphrase && getent passwd kedge");
      is(!sh("ls /etc/kedge/kedge.conf").ok, "its settings are left");
    });
    await check("purged where nothing was written, it leaves no trace", () => {
      well("rm -r /var/lib/kedge /var/backups/kedge /var/backups/kedge-keys /etc/kedge");
      apt(`install /srv/${second}`);
      well("systemctl stop kedge && find /var/lib/kedge -type f -delete");
      apt("purge kedge");
      is(!sh("getent passwd kedge").ok && !sh("ls -d /var/lib/kedge").ok && !sh("ls -d /etc/kedge").ok, "something is left");
      is(sh("find /etc/systemd /var/lib/systemd -name '*kedge*'").out.trim() === "", "systemd remembers it");
      is(!/kedge/.test(well("systemctl --failed --no-legend")), "a unit has failed");
    });
  } finally {
    boot.kill("SIGKILL");
    await boot.ended;
    run("sh", ["-c", "for at in $(awk '$3 == \"cgroup2\" { print $2 }' /proc/mounts); do find \"$at/kedge-package-test\" -depth -type d -exec rmdir {} + ; done"]);
  }
}

if (machine) await on_a_machine();
else await anywhere();
end();
