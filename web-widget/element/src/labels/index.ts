// The element's own words. What the desk says comes from the desk.
//
// A new language is one file beside `de.json` with the same keys, and one place in
// `pack-words.mjs`. Leichte Sprache has only what differs from German.

import { keys, packed } from "packed-words";
import { primary, SIMPLE_GERMAN } from "../language";
import type german from "./de.json";

export type Labels = Readonly<typeof german> & {
  /** The desk's tag, so `de-simple` where it is Leichte Sprache. */
  readonly lang: string;
};

export const LANGUAGES: readonly string[] = Object.keys(packed);

/** In a language we do not have, English helps the most people. */
export function known(tag: string): string {
  return [tag.toLowerCase(), primary(tag)].find((candidate) => LANGUAGES.includes(candidate)) ?? "en";
}

export function labelsFor(tag: string): Labels {
  const lang = known(tag);
  const [words = "", shift = 0] = packed[lang] ?? [];
  const all = (shift ? lifted(words, shift) : words).split("=");
  const fallback: Record<string, string> = lang === SIMPLE_GERMAN ? labelsFor("de") : {};
  const named = keys.map((key, place) => [key, all[place] || fallback[key]]);
  return { ...Object.fromEntries(named), lang };
}

/** `Gilt bis {}` and a date. */
export function fill(label: string, ...values: string[]): string {
  return values.reduce((text, value) => text.replace("#", () => value), label);
}

/** A language as those who speak it call it. */
export function nameOf(tag: string): string {
  if (tag === SIMPLE_GERMAN) return "Leichte Sprache";
  return capitalised(new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag);
}

/** What is written to stand inside a sentence, as its beginning. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lifted(words: string, shift: number): string {
  return words.replace(/[@-\x7f]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + shift));
}
