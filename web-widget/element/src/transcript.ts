// The conversation on screen.
//
// A message enters the page whole and in one step, so that the live region around it
// announces it once. Nothing is ever rewritten inside.

import { renderBlock } from "./blocks/index";
import { settle, suggestions } from "./blocks/choices";
import { Context } from "./blocks/context";
import { element } from "./dom";
import type { Labels } from "./labels/index";
import { spoken } from "./language";
import type { Reply, Source } from "./reply";
import { feedback } from "./feedback";
import type { Line, Session } from "./session";

export class Transcript {
  readonly #log: HTMLElement;
  readonly #scrollers: readonly HTMLElement[];
  readonly #labels: Labels;
  readonly #session: Session;

  /** `scrollers`: what may scroll around a message, depending on the size of the screen. */
  constructor(log: HTMLElement, scrollers: readonly HTMLElement[], labels: Labels, session: Session) {
    this.#log = log;
    this.#scrollers = scrollers;
    this.#labels = labels;
    this.#session = session;
  }

  show(lines: readonly Line[]): void {
    this.#log.replaceChildren();
    for (const line of lines) {
      if (line.by === "visitor") this.addQuestion(line.text);
      else this.addReply(line.reply);
    }
  }

  /** Returns a function that takes the question back. */
  addQuestion(said: string): () => void {
    const undo = [...this.#log.children].map((message) => settle(message, said));
    const message = element(
      "div",
      { class: "message visitor", part: "message visitor" },
      element("span", { class: "unseen" }, `${this.#labels.question}: `),
      // On its own, or the words above would decide its direction.
      element("span", { dir: "auto" }, said),
    );
    this.#log.append(message);
    this.#bringUp(message);
    return () => {
      message.remove();
      undo.forEach((take) => take());
    };
  }

  addGreeting(reply: Reply): void {
    this.#log.prepend(this.#draw(reply));
  }

  addReply(reply: Reply): void {
    this.#log.append(this.#draw(reply));
    this.bringUpLatest();
  }

  /** A long answer is read from its top, below the question it belongs to. */
  bringUpLatest(): void {
    const questions = this.#log.querySelectorAll(":scope > .visitor");
    const latest = questions[questions.length - 1];
    if (latest) this.#bringUp(latest);
  }

  #draw(reply: Reply): HTMLElement {
    const { kind, answer_id, service } = reply;
    const context = new Context(this.#session, reply.lang, service);
    return element(
      "div",
      { ...spoken(reply.lang), class: "message desk", part: "message reply", "data-kind": kind },
      element("span", { class: "unseen" }, context.say(`${context.labels.title}:`), " "),
      ...reply.blocks.map((block) => renderBlock(block, context)),
      reply.source && sourceLine(reply.source, context),
      // A question of the desk is no answer that could have helped.
      kind === "answer" && answer_id && reply.blocks.at(-1)?.type !== "choices" ? feedback(answer_id, context) : null,
      reply.suggestions.length ? suggestions(reply.suggestions, context) : null,
    );
  }

  #bringUp(message: Element): void {
    for (const scroller of this.#scrollers) {
      // The style sheet knows what may cover the upper edge.
      const covered = Number.parseFloat(getComputedStyle(scroller).scrollPaddingTop) || 0;
      scroller.scrollTop += message.getBoundingClientRect().top - scroller.getBoundingClientRect().top - covered;
    }
  }
}

/** Source, date and revision, the desk's promise under every answer. */
function sourceLine(source: Source, context: Context): HTMLElement {
  const { labels } = context;
  const title = source.url ? context.link(source.url, {}, source.title) : source.title;
  const dated: string[] = [];
  if (source.as_of) dated.push(`${labels.asOf} ${context.shortDate(source.as_of)}`);
  if (source.checked_on) dated.push(`${labels.checkedOn} ${context.shortDate(source.checked_on)}`);
  const parts = [dated.join(", "), source.revision === null ? "" : `${labels.revision} ${source.revision}`];
  return element(
    "p",
    { class: "source", part: "source" },
    element("span", {}, context.say(labels.source), " ", title),
    ...parts.filter((part) => part !== "").map((part) => element("span", {}, context.say(part))),
  );
}
