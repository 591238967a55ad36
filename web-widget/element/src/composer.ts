// The field for a question, and what others have asked in the same words.
//
// A combobox as the ARIA practices describe it: a list to choose from by hand. It never
// stands in the way: whoever presses Enter without choosing sends what was typed.

import type { Api } from "./api";
import { element } from "./dom";
import type { Labels } from "./labels/index";
import type { Choice } from "./reply";
import { LONGEST_QUESTION, type View } from "./view";

/** Whoever types on does not want an answer to half a word. */
const PAUSE_MS = 150;
const SHORTEST = 3;

export class Composer {
  readonly #view: View;
  readonly #labels: Labels;
  readonly #api: Api;
  readonly #ask: (question: Choice) => void;
  #asking = new AbortController();
  #pause = 0;
  #offered: readonly Choice[] = [];
  /** The place of the option the arrow keys are at; -1 is none. */
  #at = -1;

  constructor(view: View, labels: Labels, api: Api, ask: (question: Choice) => void) {
    this.#view = view;
    this.#labels = labels;
    this.#api = api;
    this.#ask = ask;
  }

  start(signal: AbortSignal): void {
    const { input, options } = this.#view;
    input.addEventListener("input", () => this.#typed(), { signal });
    input.addEventListener("blur", () => this.fold(), { signal });
    // The focus stays in the field.
    options.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    options.addEventListener("click", (event) => this.#take([...options.children].indexOf(event.target as Element)), { signal });
    signal.addEventListener("abort", () => this.fold());
    this.fold();
  }

  /** Whether the key was meant for the list. */
  key({ key }: KeyboardEvent): boolean {
    const { length } = this.#offered;
    if (!length) return false;
    if (key === "Escape") this.fold();
    else if (key === "ArrowDown") this.#mark((this.#at + 1) % length);
    else if (key === "ArrowUp") this.#mark((this.#at < 1 ? length : this.#at) - 1);
    else if (key === "Enter" && this.#at >= 0) this.#take(this.#at);
    else return false;
    return true;
  }

  count(): void {
    const { input, counter } = this.#view;
    const text = input.value.length < LONGEST_QUESTION ? "" : this.#labels.tooLong;
    // It is read aloud, and not after every key.
    if (counter.textContent !== text) counter.textContent = text;
  }

  /** Takes the list away, and the request for it back. */
  fold(): void {
    this.#asking.abort();
    clearTimeout(this.#pause);
    this.#show([]);
  }

  #typed(): void {
    this.count();
    const typed = this.#view.input.value.trim();
    if (typed.length < SHORTEST) return this.fold();
    this.#asking.abort();
    clearTimeout(this.#pause);
    const { signal } = (this.#asking = new AbortController());
    const ask = () => this.#api.suggest(typed, signal).then((found) => this.#show(found), () => signal.aborted || this.fold());
    this.#pause = setTimeout(ask, PAUSE_MS);
  }

  #show(offered: readonly Choice[]): void {
    const { input, options } = this.#view;
    this.#offered = offered;
    options.replaceChildren(...offered.map(({ label }, place) => element("li", { id: `option-${place}`, role: "option", dir: "auto" }, label)));
    options.hidden = !offered.length;
    input.setAttribute("aria-expanded", String(!options.hidden));
    this.#mark(-1);
  }

  #mark(at: number): void {
    const { input, options } = this.#view;
    this.#at = at;
    input.setAttribute("aria-activedescendant", at < 0 ? "" : `option-${at}`);
    [...options.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    options.children[at]?.scrollIntoView({ block: "nearest" });
  }

  #take(place: number): void {
    const chosen = this.#offered[place];
    if (chosen) this.#ask(chosen);
  }
}
