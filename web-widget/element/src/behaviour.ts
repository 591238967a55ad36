// What the desk does: opens, asks, shows, fails kindly, closes.
//
// Everything started here ends in `destroy`: listeners hang on one AbortController,
// the request in the air on another. The page keeps nothing of ours.

import { Actions } from "./actions";
import { Api, Failure } from "./api";
import { refreshHours } from "./blocks/hours";
import { Composer } from "./composer";
import { labelsFor, type Labels } from "./labels/index";
import { elsewhereFocused, hearPage, makeWay, tell, type Host } from "./page";
import type { Reply } from "./reply";
import type { Session } from "./session";
import { Transcript } from "./transcript";
import { Trouble } from "./trouble";
import { createView, LONGEST_QUESTION, type View } from "./view";

/** A faster answer needs no word about waiting. */
const PATIENCE_MS = 800;
const MINUTE_MS = 60_000;

/** A question on its way: what is sent, what the visitor sees, and whether it came from the input. */
interface Attempt {
  readonly send: string;
  readonly said: string;
  readonly typed: boolean;
}

export class Behaviour {
  readonly #host: Host;
  readonly #root: ShadowRoot;
  readonly #session: Session;
  readonly lang: string;
  readonly #labels: Labels;
  readonly #api: Api;
  readonly #view: View;
  readonly #transcript: Transcript;
  readonly #actions: Actions;
  readonly #composer: Composer;
  readonly #trouble: Trouble;
  readonly #life = new AbortController();
  #greeting: AbortController | null = null;
  #request: AbortController | null = null;
  #attempt: Attempt | null = null;
  #rendered = false;

  constructor(host: Host, root: ShadowRoot, session: Session, lang: string) {
    this.#host = host;
    this.#root = root;
    this.#session = session;
    this.lang = lang;
    this.#labels = labelsFor(lang);
    this.#api = new Api(session.server, this.#labels.lang);
    this.#view = createView(this.#labels, session.server);
    this.#actions = new Actions({ host, root, session, api: this.#api, status: this.#view.status, labels: this.#labels, life: this.#life.signal });
    this.#trouble = new Trouble(host, this.#view, this.#labels);
    this.#composer = new Composer(this.#view, this.#labels, this.#api, ({ send, label }) => this.#put({ send, said: label, typed: true }));
    this.#transcript = new Transcript(this.#view.log, [this.#view.log, this.#view.panel], this.#labels, session);
  }

  start(): void {
    const { launcher, close, language, panel, log, input, clear } = this.#view;
    const { signal } = this.#life;
    launcher.addEventListener("click", () => (this.#host.open = true), { signal });
    close.addEventListener("click", () => (this.#host.open = false), { signal });
    language.addEventListener("change", () => this.#host.speak(language.value), { signal });
    panel.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    log.addEventListener("change", (event) => this.#actions.tick(event.target as HTMLInputElement), { signal });
    log.addEventListener("click", (event) => this.#onTap(event), { signal });
    panel.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    clear.addEventListener("click", () => this.#clear(), { signal });
    hearPage(this.#host, signal);
    makeWay(this.#host, signal);
    this.#trouble.start(signal);
    this.#composer.start(signal);
    const clock = setInterval(() => refreshHours(log), MINUTE_MS);
    signal.addEventListener("abort", () => clearInterval(clock));
    input.value = this.#session.draft;
    this.#root.replaceChildren(this.#view.root);
  }

  destroy(): void {
    const unanswered = this.#attempt?.typed ? this.#attempt.said : "";
    this.#session.draft = this.#view.input.value || unanswered;
    this.#life.abort();
    this.#hangUp();
    this.#root.replaceChildren();
  }

  show({ takeFocus }: { takeFocus: boolean }): void {
    const { launcher, panel, input } = this.#view;
    this.#session.opener = elsewhereFocused(this.#host) ?? this.#session.opener;
    if (!this.#rendered) {
      // Still hidden, or the live region would read the whole conversation out again.
      this.#rendered = true;
      this.#transcript.show(this.#session.lines);
    }
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    this.#transcript.bringUpLatest();
    this.#composer.count();
    if (takeFocus) input.focus();
    if (this.#session.lines.length === 0) void this.#greet();
  }

  /** The select that was used is gone with the old words; the focus must not be gone with it. */
  focusLanguage(): void {
    this.#view.language.focus();
  }

  hide(): void {
    const { launcher, panel } = this.#view;
    const hadFocus = panel.contains(this.#root.activeElement);
    this.#hangUp();
    this.#trouble.calm();
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    panel.hidden = true;
    const { opener } = this.#session;
    if (hadFocus) (opener?.isConnected ? opener : launcher).focus();
    this.#session.opener = null;
  }

  /** A question from the page around. */
  ask(text: string, opener?: HTMLElement): void {
    const { input } = this.#view;
    if (opener) {
      this.#session.opener = opener;
      input.focus();
    }
    const typed = text.trim();
    if (this.#attempt || typed.length > LONGEST_QUESTION) {
      input.value = typed;
      this.#composer.count();
    } else if (typed) {
      void this.#put({ send: typed, said: typed, typed: false });
    }
  }

  /** Says first of all that a machine answers, also to those who asked before the greeting came. */
  async #greet(): Promise<void> {
    this.#greeting?.abort();
    this.#greeting = new AbortController();
    this.#trouble.calm();
    try {
      const reply = await this.#api.greeting(this.#greeting.signal);
      this.#session.begin(reply);
      this.#transcript.addGreeting(reply);
    } catch (error) {
      // Where a question is answered, a missing greeting is no trouble to the visitor.
      const isAlone = this.#session.lines.length === 0 && !this.#attempt;
      if (isAlone) this.#trouble.explain(error, () => void this.#greet());
    }
  }

  async #put(attempt: Attempt): Promise<void> {
    if (this.#attempt) return;
    this.#attempt = attempt;
    this.#request = new AbortController();
    const { input, send, status } = this.#view;
    this.#trouble.calm();
    this.#composer.fold();
    send.setAttribute("aria-disabled", "true");
    const takeBack = this.#transcript.addQuestion(attempt.said);
    if (attempt.typed) input.value = "";
    this.#composer.count();
    const waiting = setTimeout(() => (status.textContent = this.#labels.waiting), PATIENCE_MS);
    try {
      const reply = await this.#answer(attempt, this.#request.signal);
      if (this.#attempt === attempt) this.#take(attempt, reply);
    } catch (error) {
      takeBack();
      // Deleted together with the conversation.
      if (this.#attempt !== attempt) return;
      this.#attempt = null;
      // The text must survive. Unless something new stands there, it returns to where it was typed.
      if (attempt.typed && input.value === "") input.value = attempt.said;
      this.#composer.count();
      this.#trouble.explain(error, () => this.#again(attempt));
    } finally {
      clearTimeout(waiting);
      if (this.#attempt === attempt) this.#attempt = null;
      if (!this.#attempt) send.removeAttribute("aria-disabled");
      if (status.textContent === this.#labels.waiting) status.textContent = "";
    }
  }

  /**
   * What the tab kept may be older than the desk, which refuses a conversation it cannot read. The visitor can
   * mend nothing there, so the question goes out once more on its own.
   */
  async #answer({ send }: Attempt, signal: AbortSignal): Promise<Reply> {
    const { conversation } = this.#session;
    const office = this.#host.getAttribute("office") || undefined;
    const question = { text: send, lang: this.lang, conversation, office };
    try {
      return await this.#api.ask(question, signal);
    } catch (error) {
      const isUnreadable = error instanceof Failure && error.code === "invalid_conversation";
      if (!isUnreadable || conversation === null || signal.aborted) throw error;
      this.#session.loseThread();
      return this.#api.ask({ ...question, conversation: null }, signal);
    }
  }

  #take(attempt: Attempt, reply: Reply): void {
    this.#session.add({ by: "visitor", text: attempt.said }, { by: "desk", reply });
    this.#session.conversation = reply.conversation;
    this.#session.keep();
    this.#transcript.addReply(reply);
    // Which answer, but not one word of the conversation: the page may count, not listen.
    const { kind, lang, service, facet, answer_id } = reply;
    tell(this.#host, "reply", { kind, lang, service, facet, answer_id });
  }

  /** What stands in the input by now is the better version of a typed question. */
  #again(attempt: Attempt): void {
    const { input } = this.#view;
    const text = attempt.typed && input.value.trim() ? input.value.trim() : attempt.send;
    void this.#put(attempt.typed ? { send: text, said: text, typed: true } : attempt);
  }

  /** Nobody waits any more for what is on its way. */
  #hangUp(): void {
    this.#greeting?.abort();
    this.#request?.abort();
  }

  #clear(): void {
    this.#attempt = null;
    this.#hangUp();
    this.#session.clear();
    this.#view.input.value = "";
    this.#transcript.show([]);
    this.#composer.count();
    void this.#greet();
    // After `#greet`, which wipes what was said before.
    this.#actions.report(this.#view.clear, true);
  }

  #onKey(event: KeyboardEvent): void {
    // While an input method composes a character, Enter and Escape belong to it.
    if (event.isComposing) return;
    if (event.target === this.#view.input && this.#composer.key(event)) {
      event.stopPropagation();
      event.preventDefault();
    } else if (event.key === "Escape") {
      // The page's own dialogs stay open.
      event.stopPropagation();
      this.#host.open = false;
    }
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const { input, form } = this.#view;
    if (event.target !== form) return this.#actions.comment(event.target as HTMLFormElement);
    const typed = input.value.trim();
    if (typed && typed.length <= LONGEST_QUESTION) void this.#put({ send: typed, said: typed, typed: true });
    else input.focus();
  }

  #onTap(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button || button.hasAttribute("aria-disabled")) return;
    const { send } = button.dataset;
    if (send) void this.#put({ send, said: button.textContent ?? send, typed: false });
    else this.#actions.tap(button);
  }
}
