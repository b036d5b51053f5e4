// The second step of signing in: set up, asked for, taken away; with scripts and without, and by keys.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { add_library, by_keys, by_pointer, check_page, follow, kLeadPassword, send, sign_in, speak } from "../lib.mjs";

// What an authenticator app shows (RFC 6238), `steps` half minutes from now.
function digits(secret, steps = 0) {
  let bits = "";
  for (const letter of secret.replace(/\s/g, "")) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}

async function second_step({ server, window, scripts, hand = by_pointer, name, language }) {
  const email = `${name.toLowerCase()}@elm.example`;
  add_library(server, `Elm Street ${name}`, name, email);
  const page = await window({ scripts });
  page.expects = [422];
  await sign_in(page, email);
  await speak(page, language);
  await page.goto("/account");
  await follow(page, page.locator("main a[href='/account/second']"), hand);
  await check_page(page);
  await send(page, hand);
  const secret = await page.locator(".k-code").innerText();
  await check_page(page);
  await hand.fill(page, page.locator("#f-code"), "000000");
  await send(page, hand);
  assert.equal(await page.locator("#f-code[aria-invalid=true]").count(), 1);
  await check_page(page);
  await hand.fill(page, page.locator("#f-code"), digits(secret));
  await send(page, hand);
  assert.match(page.url(), /\/account$/);
  await page.goto("/sign-out");
  await send(page, hand);
  // the password alone opens nothing
  await page.goto("/sign-in");
  await hand.fill(page, page.locator("#f-email"), email);
  await hand.fill(page, page.locator("#f-password"), kLeadPassword);
  await send(page, hand);
  await check_page(page);
  await page.locator("#f-code").waitFor();
  await hand.fill(page, page.locator("#f-code"), digits(secret, -9));
  await send(page, hand);
  assert.equal(await page.locator("#f-code[aria-invalid=true]").count(), 1);
  const other = await window({ scripts });
  await other.goto("/account");
  assert.match(other.url(), /\/sign-in/);
  await hand.fill(page, page.locator("#f-code"), digits(secret, 1));
  await send(page, hand);
  await page.goto("/account/second");
  await check_page(page);
  await hand.fill(page, page.locator("#f-current"), kLeadPassword);
  await send(page, hand);
  assert.match(page.url(), /\/account$/);
  await follow(page, page.locator("main a[href='/account/data']"), hand);
  await check_page(page);
  if (!scripts) return;
  const [file] = await Promise.all([page.waitForEvent("download"), hand.press(page, page.locator("form[action='/account/data'] button"))]);
  assert.equal(file.suggestedFilename(), "kedge-own-data.json");
}

export const journeys = {
  "a second step when signing in": ({ server, window }) => second_step({ server, window, scripts: true, name: "Mo", language: "en" }),
  "a second step by keys alone, in Spanish": ({ server, window }) => second_step({ server, window, scripts: true, hand: by_keys, name: "Ana", language: "es" }),
  "a second step without scripts": ({ server, window }) => second_step({ server, window, scripts: false, name: "Bea", language: "en" }),
};
