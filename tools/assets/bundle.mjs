// Makes one plain script of modules of ours. Each module becomes a function with its own names; what it exports is hoisted, so
// that two modules may use each other's functions. Knows only what we write: `import { a, b } from "./x.js"` on one line and
// `export` before function, class or const; anything else is refused.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const kImport = /^import \{ ([\w, ]+) \} from "(\.\/[\w-]+\.js)";$/gm;
const kExport = /^export (async function|function|class|const) (\w+)/gm;

const tight = (source) => source.replace(/^\s*\/\/.*\n/gm, "").replace(/^\s+/gm, "").replace(/\n{2,}/g, "\n");

export function bundle(entry, read = (path) => readFileSync(path, "utf8")) {
  const done = new Map();
  const visit = (path) => {
    if (done.has(path)) return;
    const source = read(path);
    done.set(path, null);
    const imports = [...source.matchAll(kImport)].map(([, names, from]) => ({ names: names.split(/,\s*/), from: join(dirname(path), from) }));
    for (const { from } of imports) visit(from);
    const exports = [...source.matchAll(kExport)].map(([, , name]) => name);
    let body = source.replace(kImport, "").replace(kExport, "$1 $2");
    const stranger = body.match(/^\s*(import|export)\b.*$/m);
    if (stranger) throw new Error(`${path}: the bundler does not know "${stranger[0].trim()}"`);
    done.delete(path);
    done.set(path, { body, exports, imports });
  };
  visit(entry);

  const paths = [...done.keys()];
  const name = (path) => `m${paths.indexOf(path)}`;
  const parts = [`"use strict";(()=>{`, `const ${paths.map((path) => `${name(path)}={}`).join(",")};`];
  for (const path of paths) {
    let { body, exports, imports } = done.get(path);
    // An imported name is read when it is used, never when the module begins: modules may need each other.
    for (const { names, from } of imports)
      for (const one of names) {
        if (!done.get(from).exports.includes(one)) throw new Error(`${path}: ${from} does not export ${one}`);
        body = body.replace(new RegExp(`(?<![\\w.$"'\`-])${one}(?![\\w$:"'\`-])`, "g"), `${name(from)}.${one}`);
      }
    parts.push(`(()=>{\n${tight(body)}`, `Object.assign(${name(path)},{${exports.join(",")}});})();\n`);
  }
  return parts.join("") + "})();\n";
}
