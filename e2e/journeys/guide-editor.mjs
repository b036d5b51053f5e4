// A library makes a guide its own: a copy, its words, a section and questions of its own, what is hidden, what is brought in.
import assert from "node:assert/strict";
import { arrive, check_page, follow, look_round_as, send, speak } from "../lib.mjs";

// A copy of the guide, on its page.
async function copy_of_guide(page, title) {
  await page.goto("/guides");
  await page.locator("#f-source").selectOption({ index: 0 });  // the guide as it came
  await page.locator("#f-title").fill(title);
  await send(page);
  await follow(page, page.getByRole("link", { name: title, exact: true }));
  return page.url().split("#")[0];
}

async function workbook_of(page, guide, title) {
  await page.goto("/workbooks");
  const form = page.locator("form[action='/workbooks']");
  await form.locator("select").selectOption({ label: guide });
  await form.locator("input[type=text]").fill(title);
  await follow(page, form.locator("button[type=submit]"));
  return new URL(page.url()).pathname;
}

async function add_question(page, section, kind, fields) {
  await follow(page, section.locator("a[href$='/new-prompt']"));
  await follow(page, page.locator(`main a[href$='kind=${kind}']`));
  for (const [name, words] of Object.entries(fields)) await page.locator(`[name='${name}']`).fill(words);
}

async function make_it_ours(page, stamp) {
  const title = `Our guide ${stamp}`;
  const guide = await copy_of_guide(page, title);
  await follow(page, page.locator("main a[href$='/words'].usa-button"));
  await page.locator("#f-introduction_en").fill("Written by us, for us.");
  await send(page);
  await page.getByText("Written by us, for us.").waitFor();
  await follow(page, page.locator("main a[href$='/new-section']"));
  await page.locator("#f-title_en").fill("Our building");
  await send(page);
  const ours = page.locator(".k-card", { has: page.getByRole("heading", { name: "Our building" }) });
  await add_question(page, ours, "choice", { label_en: "Where do people wait?", lines_en: "By the door\nIn the hall", reason_en: "Why there?" });
  await page.locator("label[for=f-answering-team]").click();
  await send(page);
  await add_question(page, ours, "goals", { label_en: "What would we stop doing?" });
  await send(page);
  const asked = () => ours.locator("h3").allInnerTexts();
  assert.deepEqual(await asked(), ["Where do people wait?", "What would we stop doing?"]);
  await follow(page, ours.locator("form[action*='/prompts/own.what-would-we'][action$='to=up'] button"));
  assert.deepEqual(await asked(), ["What would we stop doing?", "Where do people wait?"], "it did not move");
  const book = await workbook_of(page, title, `Workbook ${stamp}`);
  await page.goto(book);
  await follow(page, page.getByRole("link", { name: "Our building" }).last());
  await page.getByRole("heading", { name: "Where do people wait?" }).waitFor();
  const section = page.url();
  await page.goto(guide);
  await follow(page, ours.locator("form[action$='/hiding'] button").last());
  await page.goto(section);
  assert.equal(await page.getByRole("heading", { name: "Where do people wait?" }).count(), 0);
  await page.goto(guide);
  await follow(page, ours.locator("form[action$='/showing'] button").last());
  await page.goto(section);
  await page.getByRole("heading", { name: "Where do people wait?" }).waitFor();
  await page.goto(guide);
  await follow(page, ours.locator("form[action*='/prompts/own.where-do'][action$='/removal'] button"));
  assert.equal(await ours.getByRole("heading", { name: "Where do people wait?" }).count(), 0);
  await follow(page, page.locator(".k-notice form button"));
  await ours.getByRole("heading", { name: "Where do people wait?" }).waitFor();
  await check_page(page);
}

export const journeys = {
  "Rosa makes a guide her library's own, and a workbook follows": async ({ window }) => {
    const page = await window();
    await look_round_as(page, "Rosa");
    await make_it_ours(page, "with scripts");
  },

  "the same without scripts": async ({ window }) => {
    const page = await window({ scripts: false });
    await look_round_as(page, "Rosa");
    await make_it_ours(page, "without scripts");
  },

  "a question is added and moved by keys alone": async ({ window }) => {
    const page = await window();
    await look_round_as(page, "Rosa");
    await copy_of_guide(page, "Our guide by keys");
    const to = async (fits) => {
      for (let at = 0; at < 400; ++at) {
        if (await page.evaluate((text) => document.activeElement.matches(text), fits)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`the Tab key does not lead to ${fits}`);
    };
    const enter = () => arrive(page, () => page.keyboard.press("Enter"));
    await to("a[href$='/new-prompt']");
    await enter();
    await to("a[href$='kind=goals']");
    await enter();
    await to("#f-label_en");
    await page.keyboard.type("What would we stop doing?");
    await to("main form.k-form button[type=submit]");
    await enter();
    const heading = page.getByRole("heading", { name: "What would we stop doing?" });
    await heading.waitFor();
    const place = () => heading.evaluate((node) => [...document.querySelectorAll("h3")].indexOf(node));
    const before = await place();
    await to("form[action*='/prompts/own.what-would-we'][action$='to=up'] button");
    await enter();
    await heading.waitFor();
    assert.equal(await place(), before - 1);
  },

  "two change one guide, and the second keeps what was typed": async ({ window }) => {
    const [rosa, luis] = [await window(), await window({ language: "es" })];
    rosa.expects = [409];
    await look_round_as(rosa, "Rosa");
    await look_round_as(luis, "Rosa");
    await speak(luis, "es");
    const guide = await copy_of_guide(rosa, "Our guide for two");
    const words = `${guide}/words`;
    await rosa.goto(words);
    await luis.goto(words);
    await luis.locator("#f-introduction_es").fill("Escrito primero.");
    await send(luis);
    await rosa.locator("#f-introduction_en").fill("Written second.");
    await send(rosa);
    assert.equal(await rosa.locator("#f-introduction_en").inputValue(), "Written second.");
    await rosa.locator(".k-beside", { hasText: "Escrito primero." }).waitFor();
    await check_page(rosa);
    await rosa.locator("#f-introduction_es").fill("Escrito primero.");
    await send(rosa);
    await rosa.getByText("Written second.").waitFor();
  },

  "a guide's file comes back, and a wrong one names its line": async ({ window }) => {
    const page = await window();
    page.expects = [422, 409];
    await look_round_as(page, "Rosa");
    const guide = await copy_of_guide(page, "Our guide on paper");
    const yaml = await page.evaluate(async (address) => (await fetch(address)).text(), `${new URL(guide).pathname}/guide.yaml`);
    await page.goto("/guides/import");
    await page.locator("#file").setInputFiles({ name: "wrong.yaml", mimeType: "application/yaml", buffer: Buffer.from(yaml.replace("kind: reflection", "kind: riddle")) });
    await send(page);
    const line = yaml.slice(0, yaml.indexOf("kind: reflection")).split("\n").length;
    await page.getByText(`Line ${line}: `).waitFor();
    await check_page(page);
    await page.locator("#f-yaml").fill((await page.locator("#f-yaml").inputValue()).replace("kind: riddle", "kind: reflection"));
    await send(page);
    await page.locator("label[for=f-decision-beside]").click();
    await page.locator("#f-title").fill("Our guide brought back");
    await check_page(page);
    await send(page);
    await page.getByRole("heading", { name: "Our guide brought back", level: 1 }).waitFor();
  },
};
