// @nlpjs as its introduction uses it: one intent per entry, trained on its question and alternatives. Reads one JSON
// object from standard input and writes one as the last line of standard output; training logs lines before it.

import { Nlp, containerBootstrap } from "@nlpjs/basic";
import { LangDe } from "@nlpjs/lang-de";
import { LangEn } from "@nlpjs/lang-en";
import { text } from "node:stream/consumers";

const LANGUAGES = { de: LangDe, en: LangEn };
const RANKS = 10;

/**
 * A trained library; nothing is written to disk. The "None" feature is on, as the library's introduction says it is:
 * without it one known word in a question is enough for a score of 1.
 */
async function train(language, entries) {
  const container = await containerBootstrap();
  container.use(LANGUAGES[language]);
  const nlu = { useNoneFeature: true, log: false };
  const nlp = new Nlp({ container, languages: [language], autoSave: false, autoLoad: false, nlu });
  entries.forEach((utterances, number) => {
    for (const utterance of utterances) nlp.addDocument(language, utterance, String(number));
  });
  await nlp.train();
  return nlp;
}

/** Its ranking, without "None": how sure it is of the first entry is judged by the caller's threshold, not by its own. */
async function ask(nlp, language, question) {
  const { classifications } = await nlp.process(language, question);
  const entries = classifications.filter(({ intent, score }) => intent !== "None" && score > 0);
  return entries.slice(0, RANKS).map(({ intent, score }) => [Number(intent), score]);
}

async function answer(nlp, language, question) {
  const begin = performance.now();
  const hits = await ask(nlp, language, question);
  return { hits, milliseconds: performance.now() - begin };
}

const { language, entries, questions } = JSON.parse(await text(process.stdin));
const begin = performance.now();
const nlp = await train(language, entries);
const build_ms = performance.now() - begin;
const answers = [];
for (const question of questions) answers.push(await answer(nlp, language, question));
console.log(JSON.stringify({ build_ms, answers }));
