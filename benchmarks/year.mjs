// A year of one library, through the product's own forms: 40 answers with revisions, 60 findings, 80 actions.
import { forms, once, team_answers, workbook } from "../tests/service.mjs";

const kRevisions = 12;
const kFindings = 60;
const kActions = 80;
const kWords = "A man reads by the heaters until his shift begins and somebody asks whether he is all right. We write down what we saw, what we did and what we would rather do the next time. "
  + "The door stays open until the last bus. Two colleagues know where the forms are. ";

async function done(promise, what, wanted = [200, 303]) {
  const got = await promise;
  if (!wanted.includes(got.status)) throw new Error(`${what}: ${got.status} ${got.text.slice(0, 300)}`);
}

export async function fill(person) {
  const book = await workbook(person);
  const answers = (await team_answers(person, book)).slice(0, 40);
  for (const answer of answers) {
    let version = Number(answer.version);
    for (let at = 0; at < kRevisions; ++at, ++version)
      await done(person.save(answer.action, { ...answer.others, [answer.field]: `${kWords.slice(0, 120 + at * 10)} (${at + 1})`, version: String(version), once: once() }), answer.action);
  }
  for (let at = 0; at < kFindings; ++at) {
    const path = answers[at % answers.length].action.replace(/\/team(?=\?|$)/, "/team/finding");
    const form = forms(await person.page(path)).find(({ action }) => action.includes("/finding"));
    await done(person.send(form.action, { ...form.hidden, statement: `Finding ${at + 1}: ${kWords.slice(0, 150)}`, theme: ["rest", "food", "welcome", "legal", ""][at % 5] }), path);
  }
  for (let at = 0; at < kActions; ++at) {
    const page = await person.page("/actions/new");
    const form = forms(page).find(({ action }) => action === "/actions");
    const owners = [...page.matchAll(/<option value="(member:[^"]+)"/g)].map(([, value]) => value);
    await done(person.send(form.action, { ...form.hidden, step: `Step ${at + 1}: ask at the township office who answers on Fridays`, owner: owners[at % owners.length] }), "/actions");
  }
  const sections = new Map();
  for (const { section } of answers) sections.set(section, (sections.get(section) ?? 0) + 1);
  const busiest = [...sections].sort((one, other) => other[1] - one[1])[0][0];
  return { book, section: busiest, rows: answers.length * kRevisions + kFindings + kActions, said: `${answers.length} answers with ${kRevisions} more revisions each, ${kFindings} findings, ${kActions} actions, besides the example's own` };
}
