// Compares what a run has proved with what the page about accessibility says: node statement.mjs EVIDENCE_FILE
//
// With AUSKUNFT_WRITE=1 it writes the page's file anew, as of today.

import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";

const STATEMENT = new URL("../../web-widget/server/assets/accessibility.json", import.meta.url);
const MEND = "run `AUSKUNFT_WRITE=1 tests/run` and commit web-widget/server/assets/accessibility.json";

try {
  const proved = statementOf(await proofs(process.argv[2]));
  if (process.env.AUSKUNFT_WRITE === "1") await write(proved);
  else await compare(proved);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function proofs(file) {
  if (!file) throw new Error("name the evidence: node statement.mjs EVIDENCE_FILE");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
  if (lines.length === 0) throw new Error(`${file} holds no evidence: set AUSKUNFT_EVIDENCE to it for both browser suites`);
  return lines.map((line) => JSON.parse(line));
}

/** The same proofs in any order and any number give the same statement. */
function statementOf(all) {
  const looks = all.filter(({ part }) => part);
  const checks = all.filter(({ number }) => number);
  const versions = sorted(looks.map(({ axe }) => axe.version));
  if (versions.length !== 1) throw new Error(`one version of axe for both suites, not "${versions.join('", "')}"`);
  // In forced colours one rule fewer is asked.
  const rules = Math.max(...looks.map(({ axe }) => axe.rules));
  const parts = sorted(looks.map(({ part }) => part)).map((part) => {
    const of = (key) => sorted(looks.filter((look) => look.part === part).map((look) => look[key]));
    // What axe finds is never recorded: it fails the run.
    return { part, states: of("state"), themes: of("theme"), languages: of("language"), violations: 0 };
  });
  const criteria = sorted(checks.map(({ number }) => number)).map((number) => ({
    number,
    checks: sorted(checks.filter((check) => check.number === number).map(({ check }) => check)),
  }));
  return { axe: { version: versions[0], rules }, parts, criteria };
}

/** Each once; 1.4.10 after 1.4.3. */
function sorted(texts) {
  return [...new Set(texts)].sort(new Intl.Collator("en", { numeric: true }).compare);
}

async function write(proved) {
  const tested_on = new Date().toISOString().slice(0, "2026-11-28".length);
  await writeFile(STATEMENT, `${JSON.stringify({ tested_on, ...proved }, null, 2)}\n`);
}

async function compare(proved) {
  const { tested_on, ...said } = JSON.parse(await readFile(STATEMENT, "utf8").catch(() => "{}"));
  if (tested_on && isDeepStrictEqual(said, proved)) return;
  const [before, now] = [facts(said), facts(proved)];
  const lost = before.filter((fact) => !now.includes(fact)).map((fact) => `  no longer proved: ${fact}`);
  const gained = now.filter((fact) => !before.includes(fact)).map((fact) => `  not said yet: ${fact}`);
  throw new Error([`The page about accessibility does not say what the tests have proved: ${MEND}.`, ...lost, ...gained].join("\n"));
}

/** A statement line by line. */
function facts({ axe = {}, parts = [], criteria = [] }) {
  return [
    `axe ${axe.version} with ${axe.rules} rules`,
    ...parts.flatMap(({ part, violations, ...seen }) => Object.entries(seen).flatMap(([key, values]) => values.map((value) => `${part}, ${key}: ${value}`))),
    ...criteria.flatMap(({ number, checks }) => checks.map((check) => `${number}: ${check}`)),
  ];
}
