import assert from "node:assert/strict";
import { test } from "node:test";
import { bundle } from "../../tools/assets/bundle.mjs";
import { parse, position, Recent } from "../scripts/feed.js";
import { left_of } from "../scripts/page.js";
import { minutes_left } from "../scripts/room.js";

test("a stream's events become plain values, and strangers nothing", () => {
  assert.deepEqual(parse("change", '{"topic":"workbook/1","version":12}'), { topic: "workbook/1", version: 12 });
  assert.equal(parse("reload", "{}").reload, true);
  assert.equal(parse("change", "not json"), null);
  assert.equal(parse("change", '{"version":1}'), null);
});

test("a page that listens late is told what it missed, and no more", () => {
  const recent = new Recent();
  for (let version = 1; version <= 300; ++version) recent.add({ topic: "t", version });
  assert.deepEqual(recent.after(298).map((change) => change.version), [299, 300]);
  assert.equal(recent.changes.length, 200);
  assert.equal(position("/live?after=298"), 298);
  assert.equal(position("/live"), 0);
});

test("characters are counted as people count them", () => {
  assert.deepEqual(left_of("añ\r\n🙂", 4), { left: 0, near: true, over: false });
  assert.equal(left_of("12345", 4).over, true);
  assert.equal(left_of("", 500).near, false);
  assert.equal(left_of("", 12).near, false);
  assert.equal(left_of("12", 12).near, true);
});

const files = (all) => (path) => all[path];

test("a bundle keeps each module's names apart and lets modules need each other", () => {
  const made = bundle("a.js", files({
    "a.js": 'import { twice } from "./b.js";\nimport { start } from "./c.js";\nconst one = 1;\nexport function base() { return one; }\nstart();\nexport const kNow = twice;\n',
    "b.js": 'import { kTen } from "./c.js";\nconst one = 2;\nexport function twice() { return kTen + one; }\n',
    "c.js": 'import { base } from "./a.js";\nexport const kTen = 10;\nexport function start() { globalThis.bundled = () => base(); }\n',
  }));
  new Function(made)();
  assert.equal(globalThis.bundled(), 1);
});

test("a bundle refuses what it does not know", () => {
  assert.throws(() => bundle("a.js", files({ "a.js": 'import all from "./b.js";\n' })), /does not know/);
  assert.throws(() => bundle("a.js", files({ "a.js": 'import { gone } from "./b.js";\n', "b.js": "export const here = 1;\n" })), /does not export gone/);
});

test("a begun minute counts as one that is left", () => {
  assert.deepEqual([600000, 599000, 60001, 60000, 1, 0, -5].map(minutes_left), [10, 10, 2, 1, 1, 0, 0]);
});
