// From the door to an action that is done, by keys alone; then what other files tell by pointer, told by keys.
import assert from "node:assert/strict";
import { add_library, arrive, by_keys, check_page, follow, kLeadPassword, send, sign_in } from "../lib.mjs";
import { found_and_join, mark_list, reset_and_unlock } from "./founding.mjs";
import { settle_two_texts } from "./kept-words.mjs";
import { bring_in, leave_and_erase, remove_and_undo, share_and_pull, write_down } from "./without-scripts.mjs";

const by_keys_alone = (story) => (world) => story({ ...world, hand: by_keys, scripts: true });

export const journeys = {
  "somebody signs in, writes, shares, makes a finding and an action of it, and marks it done, by keys alone": async ({ server, window }) => {
    add_library(server, "Key Point Library", "Kim", "kim@key.example");
    const page = await window();
    await sign_in(page, "kim@key.example", kLeadPassword, by_keys);
    await page.goto("/people");
    await follow(page, page.locator("form[action='/people/join-code'] button[type=submit]"), by_keys);
    const colleague = await window();  // sharing needs somebody to share with
    await colleague.goto("/join");
    await colleague.locator("#f-code").fill(await page.locator(".k-code").innerText());
    await send(colleague);
    await colleague.locator("#f-name").fill("Lou");
    await send(colleague);
    await follow(page, page.locator("nav a[href='/workbooks']").first(), by_keys);
    await by_keys.fill(page, page.locator("#title"), "By keys");
    await arrive(page, () => page.keyboard.press("Enter"));
    await follow(page, page.locator(".k-overview > li").nth(2).locator("h2 a"), by_keys);
    const card = page.locator("#card-anchor\\.serve");
    await by_keys.fill(page, card.locator("textarea").first(), "Who waits by the heater");
    await card.locator("[data-saved][data-state=saved]").first().waitFor();
    await page.reload();
    await follow(page, card.locator("button[formaction*='/sharing']"), by_keys);
    await card.locator("button[formaction*='/taking-back']").waitFor();
    await check_page(page);
    await follow(page, card.locator("a[href*='/finding']").first(), by_keys);
    await by_keys.fill(page, page.locator("#statement"), "Nobody should have to wait in the cold");
    await follow(page, page.locator("main form .usa-button[type=submit]").first(), by_keys);
    assert.match(page.url(), /\/findings\/[0-9a-f-]{36}/);
    await follow(page, page.locator("main a[href*='/actions/new']"), by_keys);
    await by_keys.fill(page, page.locator("#f-step"), "Open the side door at eight");
    await follow(page, page.locator("main form[action='/actions'] .usa-button[type=submit]"), by_keys);
    assert.equal(await page.locator("main h1").innerText(), "Open the side door at eight");
    await by_keys.press(page, page.locator("#start > summary"));
    await by_keys.go(page, page.locator("#f-who"));
    await page.keyboard.type("Kim");
    await follow(page, page.locator("#start button[type=submit]"), by_keys);
    await page.locator("#action-state .k-state--moving").waitFor();
    await by_keys.press(page, page.locator("#done > summary"));
    await by_keys.fill(page, page.locator("#f-came_of_it"), "It is open, and used");
    await follow(page, page.locator("#done button[type=submit]"), by_keys);
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
