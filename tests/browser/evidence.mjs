// What the tests of a run have proved, as the page about accessibility tells it. The element's own tests use it too.
//
// Each proof is one JSON line in the file that AUSKUNFT_EVIDENCE names, written once its assertion has passed; without
// that name nothing is written. `statement.mjs` makes the statement of all of them.

import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";

function record(proof) {
  const file = process.env.AUSKUNFT_EVIDENCE;
  if (file) appendFileSync(file, `${JSON.stringify(proof)}\n`);
}

/** The body of a test that proves these success criteria of WCAG 2.2. */
export const proving = (criteria, body) => async (context) => {
  await body(context);
  for (const number of criteria) record({ number, check: context.name.replaceAll("_", " ") });
};

/**
 * axe finds nothing with every rule it has, best practice and experiments included, AAA contrast apart. A contrast it
 * cannot judge counts as found. Forced colours are the visitor's own, and axe would judge the ones they replace.
 *
 * `script` is axe itself, `state` what is seen of which `part`: the widget, the chat page or the other pages.
 */
export async function axeFindsNothing(page, script, { part, state, language = "de" }) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(script);
  const { found, isForced, theme, axe } = await page.evaluate(async () => {
    const isForced = matchMedia("(forced-colors: active)").matches;
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const unasked = isForced ? ["color-contrast-enhanced", "color-contrast"] : ["color-contrast-enhanced"];
    const all = axe.getRules().map(({ ruleId }) => ruleId);
    const rules = Object.fromEntries(all.map((rule) => [rule, { enabled: !unasked.includes(rule) }]));
    const { violations, incomplete } = await axe.run(document, { rules, resultTypes: ["violations", "incomplete"] });
    const unsure = incomplete.filter(({ id }) => id === "color-contrast");
    return {
      found: [...violations, ...unsure].flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(" ")} ${node.failureSummary}`)),
      isForced,
      theme: isDark ? "dark" : "light",
      axe: { version: axe.version, rules: all.length - unasked.length },
    };
  });
  assert.deepEqual(found, [], `${state} in ${theme} and ${language}`);
  // They stand in for both themes, so they are no third one.
  record({ part, state: isForced ? "forced colours" : state, theme, language, axe });
}
