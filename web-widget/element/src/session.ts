// What was said in this tab, so that it survives a change of page.
//
// Reading and writing on a visitor's device needs a reason (§ 25 TDDDG). So nothing is
// read before the visitor opens the panel, and nothing written before the first
// question or choice of a language. Never localStorage, never a cookie: closing the tab deletes it all.

import { isRecord, list, parseReply, text, type Reply } from "./reply";

const KEPT_LINES = 40;

/** What was ticked or tapped and must look so when it is drawn again. */
export type Marks = Set<string>;

export type Line =
  | { readonly by: "visitor"; readonly text: string }
  | { readonly by: "desk"; readonly reply: Reply };

export class Session {
  readonly server: string;
  readonly lines: Line[] = [];
  readonly marks: Marks = new Set();
  conversation: string | null = null;
  /** The language chosen in the panel; until then it is the page's. */
  lang: string | null = null;
  /** Typed but not sent. Stays in memory. */
  draft = "";
  /** What on the page opened the panel and gets the focus back. Stays in memory as well. */
  opener: HTMLElement | null = null;
  readonly #key: string;

  constructor(server: string) {
    this.server = server;
    this.#key = `auskunft-chat:${server}`;
  }

  /** Takes up what an earlier page of this tab kept. Call it when the visitor opens the panel, not before. */
  restore(): void {
    if (this.lines.length > 0) return;
    const kept = this.#storage((storage) => storage.getItem(this.#key));
    if (!kept) return;
    try {
      const value: unknown = JSON.parse(kept);
      if (!isRecord(value)) return;
      this.lines.push(...list(value["lines"], parseLine));
      for (const mark of list(value["marks"], text)) this.marks.add(mark);
      this.conversation = text(value["conversation"]);
      this.lang ??= text(value["lang"]);
    } catch {
      // Not ours, or damaged: begin anew.
    }
  }

  /** The greeting stands first, even where a question overtook it. */
  begin(reply: Reply): void {
    if (this.lines.length === 0) this.conversation ??= reply.conversation;
    this.lines.unshift({ by: "desk", reply });
  }

  add(...lines: Line[]): void {
    this.lines.push(...lines);
    this.lines.splice(0, this.lines.length - KEPT_LINES);
  }

  /** Writes all for the next page. Call it once the visitor has asked or chosen something. */
  keep(): void {
    const { lines, marks, conversation, lang } = this;
    const value = JSON.stringify({ lines, marks: [...marks], conversation, lang });
    this.#storage((storage) => storage.setItem(this.#key, value));
  }

  /** Goes on in another language. A greeting nobody has answered yet is not worth keeping in the old one. */
  speak(lang: string): void {
    this.lang = lang;
    if (this.lines.every(({ by }) => by === "desk")) {
      this.lines.length = 0;
      this.conversation = null;
    }
    this.keep();
  }

  /** The desk cannot read the conversation any more; what was said stays on screen. */
  loseThread(): void {
    this.conversation = null;
    this.keep();
  }

  clear(): void {
    this.lines.length = 0;
    this.marks.clear();
    this.conversation = null;
    this.draft = "";
    this.#storage((storage) => storage.removeItem(this.#key));
  }

  /** Storage may be forbidden or full. Then the conversation lives as long as the page. */
  #storage<T>(use: (storage: Storage) => T): T | null {
    try {
      return use(sessionStorage);
    } catch {
      return null;
    }
  }
}

function parseLine(value: unknown): Line | null {
  if (!isRecord(value)) return null;
  if (value["by"] === "visitor") {
    const said = text(value["text"]);
    return said ? { by: "visitor", text: said } : null;
  }
  const reply = parseReply(value["reply"]);
  return reply ? { by: "desk", reply } : null;
}
