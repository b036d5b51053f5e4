import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { Drafts } from "../scripts/drafts.js";

globalThis.crypto ??= webcrypto;

class Storage {
  setItem(name, value) { this[name] = value; }
  getItem(name) { return this[name] ?? null; }
  removeItem(name) { delete this[name]; }
}
const draft = { action: "/a", text: "answer=ten+minutes+off+the+floor", once: "k1", version: "3" };

test("a draft comes back in the same session", async () => {
  const storage = new Storage();
  assert.equal(await new Drafts("session one", storage, webcrypto.subtle).keep("answer-1", draft), true);
  assert.deepEqual(await new Drafts("session one", storage, webcrypto.subtle).all(), [["answer-1", draft]]);
});

test("nothing readable lies in the storage", async () => {
  const storage = new Storage();
  await new Drafts("session one", storage, webcrypto.subtle).keep("answer-1", draft);
  assert.ok(!/floor|ten|session|\/a"/.test(JSON.stringify({ ...storage })));
});

test("another session can't read it and erases it", async () => {
  const storage = new Storage();
  await new Drafts("session one", storage, webcrypto.subtle).keep("answer-1", draft);
  assert.deepEqual(await new Drafts("session two", storage, webcrypto.subtle).all(), []);
  assert.deepEqual(Object.keys(storage), []);
});

test("without a session nothing is kept, and what lies there is erased", async () => {
  const storage = new Storage();
  await new Drafts("session one", storage, webcrypto.subtle).keep("answer-1", draft);
  storage.other = "not ours";
  const nobody = new Drafts(undefined, storage, webcrypto.subtle);
  assert.equal(await nobody.keep("answer-2", draft), false);
  await nobody.all();
  assert.deepEqual(Object.keys(storage), ["other"]);
});

test("a draft moved under another name is refused", async () => {
  const storage = new Storage();
  const drafts = new Drafts("session one", storage, webcrypto.subtle);
  await drafts.keep("answer-1", draft);
  storage["kedge-draft:answer-2"] = storage["kedge-draft:answer-1"];
  assert.deepEqual((await drafts.all()).map(([id]) => id), ["answer-1"]);
});
