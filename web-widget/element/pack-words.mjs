// Packs the element's words, src/labels/*.json, into one short module.
//
// Nine languages must fit into a bundle of 20 kB, so the keys travel once and each
// language as its words in the same order. A script of two bytes a letter is moved onto
// the places of the Latin letters: gzip then needs a quarter less for it.

import { readdir, readFile } from "node:fs/promises";

/** How far a script's letters stand above `@`, where those of ASCII begin. */
const SHIFTS = { ru: 0x3d0, uk: 0x3d0, ar: 0x5e1 };
const FIRST = 0x40;
const LAST = 0x7f;

export const packedWords = {
  name: "packed-words",
  setup(build) {
    build.onResolve({ filter: /^packed-words$/ }, ({ path }) => ({ path, namespace: "words" }));
    build.onLoad({ filter: /.*/, namespace: "words" }, async () => {
      const languages = await readWords(new URL("src/labels/", import.meta.url));
      const keys = Object.keys(languages.de);
      const packed = Object.entries(languages).map(([tag, words]) => [tag, pack(tag, words, keys)]);
      const contents = `export const keys = ${JSON.stringify(keys.join(" "))}.split(" ");
export const packed = ${JSON.stringify(Object.fromEntries(packed))};`;
      return { contents, loader: "js" };
    });
  },
};

/** Every language by its tag, German first, because what is missing elsewhere is taken from there. */
export async function readWords(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort((a, b) => ORDER(a) - ORDER(b));
  const read = async (file) => [file.slice(0, -".json".length), JSON.parse(await readFile(new URL(file, folder), "utf8"))];
  return Object.fromEntries(await Promise.all(files.map(read)));
}

// What has the same letters stands together, which gzip likes.
const ORDER = (file) => ["de.json", "de-simple.json", "en.json", "fr.json", "tr.json", "pl.json", "ru.json", "uk.json", "ar.json"].indexOf(file);

function pack(tag, words, keys) {
  const stray = Object.keys(words).filter((key) => !keys.includes(key));
  // Leichte Sprache is German and says differently only what is hard in it.
  const missing = tag === "de-simple" ? [] : keys.filter((key) => !words[key]);
  if (stray.length + missing.length) throw new Error(`src/labels/${tag}.json: unknown ${stray}, missing ${missing}`);
  const lines = keys.map((key) => (words[key] ?? "").replaceAll("{}", "#")).join("=");
  const shift = SHIFTS[tag];
  return shift ? [lower(lines, shift, tag), shift] : [lines];
}

function lower(lines, shift, tag) {
  return lines.replace(/[@-\uffff]/g, (letter) => {
    if (letter <= "\x7f") throw new Error(`src/labels/${tag}.json: "${letter}" would become another letter`);
    const lowered = letter.charCodeAt(0) - shift;
    return lowered >= FIRST && lowered <= LAST ? String.fromCharCode(lowered) : letter;
  });
}
