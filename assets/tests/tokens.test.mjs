import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, palettes, withProperties } from "../../tools/assets/colors.mjs";

const tokens = JSON.parse(readFileSync(new URL("../tokens.json", import.meta.url), "utf8"));

for (const [name, palette] of Object.entries(palettes(tokens))) {
  for (const [kind, least] of [["text", 4.5], ["sign", 3]]) {
    test(`every ${kind} pair reaches ${least} : 1 in ${name}`, () => {
      const weak = [];
      for (const [front, backs] of tokens.pairs[kind]) {
        for (const back of backs) {
          const ratio = contrast(palette[front], palette[back]);
          if (!(ratio >= least)) weak.push(`${front} on ${back}: ${ratio.toFixed(2)}`);
        }
      }
      assert.deepEqual(weak, []);
    });
  }
}

test("dark has every colour that light has", () => {
  assert.deepEqual(Object.keys(tokens.dark), Object.keys(tokens.light));
});

test("contrast is that of the standard", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("colours become properties, short forms too, and a stranger is refused", () => {
  assert.equal(withProperties("a{color:#fff;background:url(#fff.svg)}#main{color:white}", { field: "#ffffff", }).includes("var(--k-field)"), true);
  assert.throws(() => withProperties("a{color:#123456}", { field: "#ffffff" }), /#123456/);
});
