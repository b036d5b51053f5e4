// The days of the example's actions, read by a calendar program that did not write them.
// usage: node tests/calendar.mjs
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Tally, enter, folder, forms, plain, run, serve } from "./service.mjs";

const is = (what, so) => { if (!so) throw new Error(what); };

const place = folder("calendar");
const server = await serve(["--data", place], ["--example"]);
const tally = new Tally();
const rosa = await enter(server.address, "Rosa");
const form = forms(await rosa.page("/actions/feed")).find((one) => one.action === "/actions/feed");
const made = await rosa.send("/actions/feed", { ...form.hidden, holds: "all" });
const address = plain(/class="[^"]*k-address[^"]*">([^<]+)</.exec(made.text)?.[1] ?? "");
const answer = await fetch(address);
const text = await answer.text();

// What stands in it, by the rules of RFC 5545: lines put together again, then each value freed of its escapes.
const events = [];
for (const line of text.replace(/\r\n /g, "").split("\r\n")) {
  const colon = line.indexOf(":");
  if (line === "BEGIN:VEVENT") events.push({});
  else if (events.length) events.at(-1)[line.slice(0, colon).split(";")[0]] = line.slice(colon + 1).replace(/\\n/g, "\n").replace(/\\([,;\\])/g, "$1");
}

await tally.check("it is a calendar whose lines are as they must be", () => {
  is(`${answer.status} ${answer.headers.get("content-type")}`, answer.ok && answer.headers.get("content-type") === "text/calendar; charset=utf-8");
  is("a line ends otherwise", !/[^\r]\n/.test(text) && text.endsWith("\r\n"));
  for (const line of text.split("\r\n")) is(`over 75 octets: ${line}`, Buffer.byteLength(line) <= 75);
});
await tally.check("each unfinished action is in it, with the day of its next look", async () => {
  const list = await rosa.page("/actions?status=unfinished");
  const steps = [...list.matchAll(/<th scope="row"[^>]*><a href="\/actions\/[^"]+">([^<]+)<\/a>/g)].map(([, step]) => plain(step));
  is("no actions", steps.length >= 3);
  for (const step of steps) for (const summary of [step, `Look at: ${step}`]) is(`missing: ${summary}`, events.some(({ SUMMARY }) => SUMMARY === summary));
  is(`${events.length} events`, events.length === 2 * steps.length);
});
await tally.check("calcurse reads each on its day and nothing else", () => {
  writeFileSync(join(place, "actions.ics"), text);
  const own = ["-D", join(place, "calcurse"), "-C", join(place, "calcurse.conf")];
  const read = run("calcurse", [...own, "-i", join(place, "actions.ics")]);
  is(read.text, read.ok && read.text.includes(`${events.length} events`) && /\b0 skipped/.test(read.text));
  const said = run("calcurse", [...own, "-G", "--filter-type", "event"]).out.trim().split("\n");
  for (const { DTSTART, SUMMARY } of events) {
    const day = `${DTSTART.slice(4, 6)}/${DTSTART.slice(6, 8)}/${DTSTART.slice(0, 4)}`;
    is(`not there on ${day}: ${SUMMARY}`, said.some((line) => line.startsWith(day) && line.endsWith(` ${SUMMARY}`)));
  }
  is(`${said.length} lines`, said.length === events.length);
});

await server.stop();
tally.end();
