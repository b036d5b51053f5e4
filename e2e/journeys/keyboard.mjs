// From the door to an action that is done, by keys alone; then what other files tell by pointer, told by keys.
import assert from "node:assert/strict";
import { add_library, arrive, by_keys, check_page, kLeadPassword, send, tab_to } from "../lib.mjs";
import { found_and_join, mark_list, reset_and_unlock } from "./founding.mjs";
import { settle_two_texts } from "./kept-words.mjs";
import { bring_in, leave_and_erase, remove_and_undo, share_and_pull, write_down } from "./without-scripts.mjs";

const by_keys_alone = (story) => (world) => story({ ...world, hand: by_keys, scripts: true });

async function press(page, target) {
  await page.locator("body").press("Home");
  await tab_to(page, target, 200);
  await arrive(page, () => page.keyboard.press("Enter"));
}

async function type(page, target, words) {
  await tab_to(page, target, 200);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(words);
}

async function open(page, fold) {
  await page.locator("body").press("Home");
  await tab_to(page, page.locator(`#${fold} > summary`), 200);
  await page.keyboard.press("Enter");
}

export const journeys = {
  "somebody signs in, writes, shares, makes a finding and an action of it, and marks it done, by keys alone": async ({ server, window }) => {
    add_library(server, "Key Point Library", "Kim", "kim@key.example");
    const page = await window();
    await page.goto("/sign-in");
    await type(page, page.locator("#f-email"), "kim@key.example");
    await type(page, page.locator("#f-password"), kLeadPassword);
    await arrive(page, () => page.keyboard.press("Enter"));
    await page.goto("/people");
    await press(page, page.locator("form[action='/people/join-code'] button[type=submit]"));
    const colleague = await window();  // sharing needs somebody to share with
    await colleague.goto("/join");
    await colleague.locator("#f-code").fill(await page.locator(".k-code").innerText());
    await send(colleague);
    await colleague.locator("#f-name").fill("Lou");
    await send(colleague);
    await press(page, page.locator("nav a[href='/workbooks']").first());
    await type(page, page.locator("#title"), "By keys");
    await arrive(page, () => page.keyboard.press("Enter"));
    await press(page, page.locator(".k-overview > li").nth(2).locator("h2 a"));
    const card = page.locator("#card-anchor\\.serve");
    await type(page, card.locator("textarea").first(), "Who waits by the heater");
    await card.locator("[data-saved][data-state=saved]").first().waitFor();
    await page.reload();
    await press(page, card.locator("button[formaction*='/sharing']"));
    await card.locator("button[formaction*='/taking-back']").waitFor();
    await check_page(page);
    await press(page, card.locator("a[href*='/finding']").first());
    await type(page, page.locator("#statement"), "Nobody should have to wait in the cold");
    await press(page, page.locator("main form .usa-button[type=submit]").first());
    assert.match(page.url(), /\/findings\/[0-9a-f-]{36}/);
    await press(page, page.locator("main a[href*='/actions/new']"));
    await type(page, page.locator("#f-step"), "Open the side door at eight");
    await press(page, page.locator("main form[action='/actions'] .usa-button[type=submit]"));
    assert.equal(await page.locator("main h1").innerText(), "Open the side door at eight");
    await open(page, "start");
    await tab_to(page, page.locator("#f-who"), 200);
    await page.keyboard.type("Kim");
    await tab_to(page, page.locator("#start button[type=submit]"));  // Home would choose the first of the list
    await arrive(page, () => page.keyboard.press("Enter"));
    await page.locator("#action-state .k-state--moving").waitFor();
    await open(page, "done");
    await type(page, page.locator("#f-came_of_it"), "It is open, and used");
    await press(page, page.locator("#done button[type=submit]"));
    await page.locator("#action-state .k-state--done").waitFor();
    assert.match(await page.locator("#action-state").innerText(), /Kim[^]*It is open, and used/);
    await check_page(page);
  },

  "a library is founded, a colleague joins by a code and writes, by keys alone": by_keys_alone(found_and_join),
  "a password is reset and the old one opens what it closed, by keys alone": by_keys_alone(reset_and_unlock),
  "a staff care list is opened and marked by keys alone": by_keys_alone(mark_list),
  "an answer is shared, pulled into the team's and taken back, by keys alone": by_keys_alone(share_and_pull),
  "two texts of one answer are settled by keys alone": by_keys_alone(settle_two_texts),
  "an organization and its contact are written down by keys alone": by_keys_alone(write_down),
  "a row is removed and comes back, by keys alone": by_keys_alone(remove_and_undo),
  "a workbook is brought in from its file by keys alone": by_keys_alone(bring_in),
  "June leaves and Rosa erases the example, by keys alone": by_keys_alone(leave_and_erase),
};
