import assert from "node:assert/strict";
import { test } from "node:test";
import { kWaitMs, Saver } from "../scripts/saver.js";

// A form, a server and a clock made of plain values.
function desk(text = "") {
  const clock = { timers: [], run() { for (const timer of this.timers.splice(0)) if (!timer.off) timer.work(); } };
  const world = { text, posts: [], told: [], answers: [], clock };
  world.saver = new Saver({
    read: () => world.text,
    fresh: () => `key${world.posts.length}`,
    told: (state) => world.told.push(state),
    later: (work, ms) => { const timer = { work, ms }; clock.timers.push(timer); return timer; },
    cancel: (timer) => { if (timer) timer.off = true; },
    post: (text, once) => new Promise((answer) => { world.posts.push({ text, once }); world.answers.push(answer); }),
  });
  world.type = (more) => { world.text = more; world.saver.changed(); };
  world.answer = async (result) => { world.answers.shift()(result); await new Promise(setImmediate); };
  return world;
}

test("nothing is sent before the silence, and once after many keys", () => {
  const world = desk();
  for (const text of ["a", "ab", "abc"]) world.type(text);
  assert.equal(world.posts.length, 0);
  assert.equal(world.clock.timers.at(-1).ms, kWaitMs);
  world.clock.run();
  assert.deepEqual(world.posts.map((post) => post.text), ["abc"]);
});

test("what is typed while one is under way goes after it, never beside it, with a key of its own", async () => {
  const world = desk();
  world.type("one"); world.clock.run();
  world.type("one two"); world.clock.run();
  await world.saver.save();
  assert.equal(world.posts.length, 1);
  await world.answer({ kind: "saved" });
  assert.deepEqual(world.posts.map((post) => post.text), ["one", "one two"]);
  assert.notEqual(world.posts[0].once, world.posts[1].once);
  await world.answer({ kind: "saved" });
  assert.equal(world.saver.waiting, false);
});

test("an unchanged form is not sent", async () => {
  const world = desk("as it was");
  await world.saver.save();
  assert.equal(world.posts.length, 0);
});

test("a lost request is repeated with the same key, later and later", async () => {
  const world = desk();
  world.type("kept"); world.clock.run();
  await world.answer({ kind: "lost" });
  const first = world.clock.timers.at(-1).ms;
  assert.equal(world.told.at(-1), "offline");
  world.clock.run();
  await world.answer({ kind: "lost" });
  assert.ok(world.clock.timers.at(-1).ms > first);
  world.clock.run();
  await world.answer({ kind: "saved" });
  assert.equal(new Set(world.posts.map((post) => post.once)).size, 1);
  assert.equal(world.saver.waiting, false);
});

test("a refused text is not sent again until it changes", async () => {
  const world = desk();
  world.type("too long"); world.clock.run();
  await world.answer({ kind: "refused" });
  await world.saver.save();
  assert.equal(world.posts.length, 1);
  assert.equal(world.saver.waiting, true);
  world.type("short"); world.clock.run();
  assert.equal(world.posts.length, 2);
});

test("after a conflict what is typed on goes after it, so that no word is lost, and nothing else does", async () => {
  const world = desk();
  world.type("mine"); world.clock.run();
  world.type("mine and mo");
  await world.answer({ kind: "conflict" });
  assert.deepEqual(world.posts.map((post) => post.text), ["mine", "mine and mo"]);
  await world.answer({ kind: "conflict" });
  await world.saver.save();
  assert.equal(world.posts.length, 2);
  assert.equal(world.saver.waiting, false);
  world.type("mine and more"); world.clock.run();
  assert.equal(world.posts.length, 3);
  await world.answer({ kind: "conflict" });
  world.text = "theirs"; world.saver.reset();
  world.type("theirs and mine"); world.clock.run();
  assert.equal(world.posts.length, 4);
});

test("a refused text that is taken back is settled, so that nothing of it is kept", async () => {
  const world = desk("as it was");
  world.type("as it was, and far too long"); world.clock.run();
  await world.answer({ kind: "refused" });
  world.type("as it was"); world.clock.run();
  assert.equal(world.told.at(-1), "settled");
  assert.equal(world.posts.length, 1);
  assert.equal(world.saver.waiting, false);
});
