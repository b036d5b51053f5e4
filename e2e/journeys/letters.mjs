// Letters where there is a mail server, as their senders and readers see them in the browser; tests/mail.mjs reads the letters.
import assert from "node:assert/strict";
import { add_library, by_keys, by_pointer, check_both, check_page, follow, look_round_as, sign_in, speak } from "../lib.mjs";

// nobody answers there: a letter waits in the outbox
export const server_options = { options: ["--mail-server", "smtps://localhost:1", "--mail-from", "kedge@mill.example", "--public-url", "http://kedge.mill.example"] };

async function write_and_wait({ server, window, scripts, name, language }) {
  add_library(server, `Mill Pond ${name}`, name, `${name}@mill.example`);
  const page = await window({ scripts, language });
  await sign_in(page, `${name}@mill.example`);
  await speak(page, language);
  await page.goto("/people");
  await page.locator("#f-email").fill("dale@mill.example");
  await check_page(page);
  await follow(page, page.locator("button[name=by][value=mail]"));
  assert.match(await page.locator("main").innerText(), language === "es" ? /La carta está en camino/ : /The letter is on its way/);
  await check_page(page);
  page.expects = [422];
  await page.locator("#f-email").fill("dale@mill.example, all@mill.example");
  await follow(page, page.locator("button[name=by][value=mail]"));
  assert.equal(await page.locator("#f-email").inputValue(), "dale@mill.example, all@mill.example", "what was typed is gone");
  assert.equal(await page.locator("#f-email[aria-invalid=true]").count(), 1);
  await page.goto("/actions/feed");
  await check_page(page);
  await follow(page, page.locator("button[name=letter][value=off]"));
  await follow(page, page.locator("button[name=letter][value=on]"));
  await page.locator("button[name=letter][value=off]").waitFor();
  // somebody who forgot
  const door = await window({ scripts, language });
  await door.goto("/sign-in");
  await follow(door, door.locator("a[href='/recover']"));
  await check_page(door);
  await follow(door, door.locator("a[href='/recover/letter']"));
  await door.locator("#f-email").fill("nobody@mill.example");
  await check_page(door);
  await follow(door, door.locator("main form.k-form button[type=submit]").last());
  assert.match(door.url(), /\/sign-in$/);
  assert.match(await door.locator("body").innerText(), language === "es" ? /una carta va en camino/ : /a letter is on its way/);
}

// A partner without an account says how it goes.
async function say_how_it_goes({ window, scripts, hand = by_pointer }) {
  const page = await window({ scripts });
  await look_round_as(page, "Rosa");
  await page.goto("/actions?status=unfinished");
  const links = await page.locator("main th[scope=row] a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  let path = "";
  for (const link of links) {
    await page.goto(link);
    if (await page.locator("form[action$='/link'] button").count() === 0) continue;
    await follow(page, page.locator("form[action$='/link'] button"), hand);
    path = new URL(await page.locator(".k-code").innerText()).pathname;
    break;
  }
  assert.match(path, /^\/asked\//);
  await check_page(page);
  const partner = await window({ scripts, width: 320 });
  partner.expects = [422, 404];
  await partner.goto(path);
  await check_both(partner);
  await speak(partner, "es");
  await follow(partner, partner.locator("button[value=done]"), hand);
  assert.equal(await partner.locator("#f-note[aria-invalid=true]").count(), 1, "done without a word");
  await check_page(partner);
  await hand.fill(partner, partner.locator("#f-note"), "El martes abren las duchas.");
  await follow(partner, partner.locator("button[value=going]"), hand);
  assert.match(await partner.locator("main").innerText(), /Quedó anotado/);
  await check_page(partner);
  await partner.goto(path);
  assert.match(await partner.locator("main").innerText(), /ya se usó/);
  await check_page(partner);
}

export const journeys = {
  "a lead sends an invitation, and somebody forgot a password": ({ server, window }) => write_and_wait({ server, window, scripts: true, name: "Mo", language: "en" }),
  "the same without scripts, in Spanish": ({ server, window }) => write_and_wait({ server, window, scripts: false, name: "Ana", language: "es" }),
  "a partner says how it goes by a link": ({ window }) => say_how_it_goes({ window, scripts: true }),
  "a partner says how it goes by a link, by keys alone": ({ window }) => say_how_it_goes({ window, scripts: true, hand: by_keys }),
  "a partner says how it goes by a link, without scripts": ({ window }) => say_how_it_goes({ window, scripts: false }),
};
