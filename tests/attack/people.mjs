// A library of eight who do everything that a workbook stores, over plain HTTP. Remembers what was said where, by whom.
import { spawnSync } from "node:child_process";
import { Person, binary, forms, plain } from "../service.mjs";
import { word } from "./words.mjs";

const kNames = ["Quenby", "Isolde", "Thaddea", "Ulfrida", "Wendeline", "Ysabeau", "Zephyrine", "Ottokar"];  // the last one leaves
export const password_of = (name) => `seven kettles sing ${[...name.toLowerCase()].reverse().join("")}`;
export const address_of = (name) => `${name.toLowerCase()}@elm-street.example`;
const shown = (html) => plain(html.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ");

function must(got, status, what) {
  if (got.status !== status) throw new Error(`${what}: ${got.status} ${shown(got.text).slice(0, 400)}`);
  return got;
}

// The form of a page whose action fits, with every text field that it has.
function form_of(html, fits) {
  const form = forms(html).find(({ action }) => fits.test(action));
  if (!form) throw new Error(`no form ${fits} among ${forms(html).map(({ action }) => action)}`);
  return form;
}

export class Team {
  constructor(address, where) {
    this.address = address;
    this.where = where;
    this.members = [];  // { name, email, id, person, code }
    this.tokens = [];   // of links and codes, passwords, recovery codes, cookies: in no file
  }
  one(name) { return this.members.find((member) => member.name === name).person; }
  get lead() { return this.members[0].person; }
  get staying() { return this.members.filter(({ left }) => !left); }

  found() {
    const [name] = kNames;
    const made = spawnSync(binary, ["library", "add", "--name", "Elm Street", "--lead", name, "--email", address_of(name), ...this.where], { input: `${password_of(name)}\n`, encoding: "utf8" });
    if (made.status !== 0) throw new Error(`library add: ${made.stdout}${made.stderr}`);
    [this.library] = /[0-9a-f-]{36}/.exec(made.stdout);
    this.tokens.push(password_of(name), /([A-Z0-9]{4}-){5}[A-Z0-9]{4}/.exec(made.stdout)[0]);
    this.members.push({ name, email: address_of(name), person: new Person(this.address) });
  }

  async sign_in(member) {
    const page = await member.person.page("/sign-in");
    const form = form_of(page, /^\/sign-in/);
    must(await member.person.send(form.action, { ...form.hidden, email: member.email, password: password_of(member.name) }), 303, "signing in");
    this.entered(member);
  }
  entered(member) { this.tokens.push(member.person.cookies.kedge_session); }

  async invite(name) {
    const form = form_of(await this.lead.page("/people"), /\/people\/invitations$/);
    const link = must(await this.lead.send(form.action, { ...form.hidden, email: "", role: "staff" }), 200, "inviting");
    const [path, token] = /\/invitation\/([A-Za-z0-9_-]{22})/.exec(link.text);
    const member = { name, email: address_of(name), person: new Person(this.address) };
    const door = form_of(await member.person.page(path), /^\/invitation\//);
    const joined = must(await member.person.send(door.action, { ...door.hidden, name, email: member.email, password: password_of(name), language: "en" }), 200, "accepting");
    member.code = /([A-Z0-9]{4}-){5}[A-Z0-9]{4}/.exec(joined.text)[0];
    this.tokens.push(token, member.code, password_of(name));
    this.members.push(member);
    this.entered(member);
    return member;
  }

  async join_by_code(name) {
    const form = form_of(await this.lead.page("/people"), /\/people\/join-code$/);
    const told = must(await this.lead.send(form.action, { ...form.hidden, code_role: "staff" }), 200, "a code");
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(shown(told.text))[0];
    const member = { name, email: "", person: new Person(this.address) };
    const door = form_of(await member.person.page("/join"), /^\/join$/);
    const way = must(await member.person.send(door.action, { ...door.hidden, code }), 303, "a code typed").headers.get("location");
    const second = form_of(await member.person.page(way), /^\/join\//);
    must(await member.person.send(second.action, { ...second.hidden, name }), 303, "joining");
    this.tokens.push(code.replace("-", ""));
    this.members.push(member);
    this.entered(member);
  }

  // An administrator makes a link, the member sets a new password and brings the printed code, so that the answers open again.
  async reset(name) {
    const member = this.members.find((one) => one.name === name);
    const form = form_of(await this.lead.page(`/people/${member.id}`), /\/reset-link$/);
    const told = must(await this.lead.send(form.action, form.hidden), 200, "a reset link");
    const [path, token] = /\/reset\/([A-Za-z0-9_-]{22})/.exec(told.text);
    member.person = new Person(this.address);
    const door = form_of(await member.person.page(path), /^\/reset\//);
    must(await member.person.send(door.action, { ...door.hidden, password: `${password_of(name)} again`, recovery_code: member.code }), 303, "a reset");
    this.tokens.push(token, `${password_of(name)} again`);
    this.entered(member);
  }

  async leave(name) {
    const member = this.members.find((one) => one.name === name);
    const form = form_of(await member.person.page("/account/leave"), /\/account\/leave$/);
    must(await member.person.send(form.action, form.hidden), 303, "leaving");
    member.left = true;
  }

  async gather() {
    for (const name of kNames.slice(1, 6)) await this.invite(name);
    await this.join_by_code(kNames[6]);
    await this.invite(kNames[7]);
    const people = await this.lead.page("/people");
    for (const member of this.members.slice(1)) {
      const at = people.indexOf(member.name);
      member.id = [...people.matchAll(/\/people\/([0-9a-f-]{36})/g)].map((m) => ({ id: m[1], near: Math.abs(m.index - at) })).sort((a, b) => a.near - b.near)[0].id;
    }
  }

  async open_workbook(title) {
    const page = await this.lead.page("/workbooks");
    const form = form_of(page, /^\/workbooks$/);
    const got = must(await this.lead.send(form.action, { ...form.hidden, title, guide: "shipped/social-work-approaches" }), 303, "opening a workbook");
    return got.headers.get("location");
  }

  sections(html) { return [...new Set([...html.matchAll(/href="(\/workbooks\/[^"/]+\/sections\/[^"?#]+)"/g)].map(([, path]) => path))]; }

  // Everybody writes into every text of their own in a section, twice, so that there are revisions; the team's get open words.
  async write(book) {
    const sections = this.sections(await this.lead.page(book));
    const own = [];
    for (const section of sections)
      if (!section.endsWith("/care") && forms(await this.lead.page(section)).some(({ action, texts }) => /\/personal(\?|$)/.test(action) && texts.length > 0)) own.push(section);
    const care = sections.find((path) => path.endsWith("/care"));
    for (const [at, { name: writer, person }] of this.members.entries()) {
      for (const section of [care, own[at % own.length]])
        for (const form of forms(await person.page(section))) {
          if (!/\/personal(\?|$)/.test(form.action) || form.texts.length === 0) continue;
          for (let version = Number(form.hidden.version), times = 0; times < (at < 2 ? 2 : 1); ++times) {
            const fields = Object.fromEntries(form.texts.map(({ name }) => [name, `What nobody else reads: ${word("private", writer)}`]));
            version = JSON.parse(must(await person.save(form.action, { ...form.hidden, ...fields, version, once: `${Math.random()}` }), 200, form.action).text).version;
          }
        }
    }
    const goals = sections.find((path) => path.endsWith("/goals"));
    const fresh = form_of(await this.members[1].person.page(goals), /\/personal\?row=/);
    must(await this.members[1].person.save(fresh.action, { ...fresh.hidden, text: `What nobody else reads: ${word("private", this.members[1].name)}` }), 200, "a row of one's own");
    for (const form of forms(await this.lead.page(own[0])).filter(({ action, texts }) => /\/team(\?|$)/.test(action) && texts.length > 0).slice(0, 3))
      must(await this.lead.save(form.action, { ...form.hidden, [form.texts[0].name]: `What the team says: ${word("open")}` }), 200, form.action);
    return { care, own };
  }

  // Shares one answer (`kind` tells its words) in a section, and takes it back or not.
  async share(name, section, kind, back) {
    const person = this.one(name);
    const own = () => person.page(section).then((html) => forms(html));
    const form = (await own()).find(({ action, texts }) => /\/personal(\?|$)/.test(action) && texts.length > 0);
    must(await person.save(form.action, { ...form.hidden, [form.texts[0].name]: `To be shared: ${word(kind, name)}` }), 200, "before sharing");
    const place = form.action.replace(/(\?.*)?$/, "");
    const press = async (what) => {
      const html = await person.page(section);
      const action = plain(new RegExp(`formaction="(${place}/${what}[^"]*)"`).exec(html)[1]);
      const { hidden, texts } = forms(html).find((one) => one.action === form.action);
      must(await person.send(action, { ...hidden, [texts[0].name]: `To be shared: ${word(kind, name)}` }), 303, what);
    };
    await press("sharing");
    if (back) await press("taking-back");
  }

  // A finding from a private answer, by "a team member".
  async raise_unnamed(name, section) {
    const person = this.one(name);
    const link = plain(/href="(\/workbooks\/[^"]*\/personal\/finding[^"]*)"/.exec(await person.page(section))[1]);
    const form = form_of(await person.page(link), /\/finding/);
    const got = must(await person.send(form.action, { ...form.hidden, statement: `Nobody is named for this: ${word("open")}`, theme: "staff_care", voice: "unnamed" }), 303, "an unnamed finding");
    return /[0-9a-f-]{36}/.exec(got.headers.get("location"))[0];
  }

  async be_present(name, section) {
    const person = this.one(name);
    const topic = / data-presence="([^"]*)"/.exec(await person.page(section))?.[1];
    if (!topic) throw new Error(`nothing in ${section} says who is there`);
    must(await person.save("/presence", { topic }), 204, "presence");
    must(await person.save("/presence", { topic, leave: "1" }), 204, "presence");
  }

  async propose(name, section, label) {
    const person = this.one(name);
    const form = form_of(await person.page(section), /\/proposals$/);
    must(await person.send(form.action, { ...form.hidden, label }), 303, "proposing");
  }

  async open_list(section) {
    const form = form_of(await this.lead.page(section), /\/lists$/);
    const day = new Date(Date.now() + 10 * 86400000).toISOString().slice(0, 10);
    must(await this.lead.send(form.action, { ...form.hidden, closes_on: day }), 303, "opening the list");
    const page = await this.lead.page(section);
    const [, id] = /\/lists\/([0-9a-f-]{36})\/marks/.exec(page);
    const items = [...new Set([...page.matchAll(/name="well" value="([^"]+)"/g)].map((m) => m[1]))];
    return { id, section, items, action: `/lists/${id}/marks` };
  }

  // `well` and `better`: numbers of items.
  async mark(person, list, { well = [], better = [], comment = "" }) {
    const body = new URLSearchParams({ csrf: person.csrf, comment });
    for (const at of well) body.append("well", list.items[at]);
    for (const at of better) body.append("better", list.items[at]);
    must(await person.ask(list.action, { method: "POST", body, headers: { "Kedge-Fragment": "1" } }), 200, "marking");
  }
}
