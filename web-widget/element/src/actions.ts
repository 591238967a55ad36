// What the buttons inside an answer do: take a list along, and judge the answer.
//
// What became of it is said in the panel's status line, and the focus stays on the button.

import type { Api } from "./api";
import { tell } from "./page";
import { rate, verdictOn, type Verdict } from "./feedback";
import type { Labels } from "./labels/index";
import { copyList, printList, takeList } from "./paper";
import type { Session } from "./session";

interface Surroundings {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly session: Session;
  readonly api: Api;
  readonly status: HTMLElement;
  readonly labels: Labels;
  /** Aborted when the panel is taken off the page. */
  readonly life: AbortSignal;
}

export class Actions {
  readonly #around: Surroundings;
  #paper: HTMLIFrameElement | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  tap(button: HTMLElement): void {
    const { action, verdict } = button.dataset;
    if (verdict) void this.#rate(button);
    else if (action === "copy") void this.#hand(button, copyList);
    else if (action === "take") void this.#hand(button, takeList);
    else if (action === "print") {
      // The last sheet is surely printed by now: not every browser says when it is done.
      this.#paper?.remove();
      this.#paper = printList(button, this.#around.root);
    }
  }

  /** Remembers a tick, so that the list looks the same after a change of page. */
  tick({ dataset, checked }: HTMLInputElement): void {
    const { marks } = this.#around.session;
    const mark = dataset["mark"];
    if (!mark) return;
    if (checked) marks.add(mark);
    else marks.delete(mark);
    this.#around.session.keep();
  }

  async #hand(button: HTMLElement, over: (button: HTMLElement) => Promise<void>): Promise<void> {
    try {
      await over(button);
      this.report(button, true);
    } catch (error) {
      // Whoever closes the share sheet knows that nothing was shared.
      if ((error as Error).name !== "AbortError") this.report(button, false);
    }
  }

  async #rate(button: HTMLElement): Promise<void> {
    const { session } = this.#around;
    // What the desk did not hear is not said.
    if (!(await this.#send(rate(button, session.marks), button))) rate(button, session.marks);
    session.keep();
  }

  comment(form: HTMLFormElement): void {
    const field = form.querySelector("input")!;
    const comment = field.value.trim();
    const verdict = { ...verdictOn(form.dataset["answer"]!, this.#around.session.marks), comment };
    if (comment) void this.#send(verdict, form.querySelector("button")!).then((isSent) => isSent && (field.value = ""));
  }

  async #send(verdict: Verdict, button: HTMLElement): Promise<boolean> {
    const { host, api, status, labels, life } = this.#around;
    try {
      await api.rate(verdict, life);
      status.textContent = verdict.helpful === null ? labels.takenBack : labels.thanks;
      const { answer_id, helpful } = verdict;
      tell(host, "feedback", { answer_id, helpful });
      return true;
    } catch {
      this.report(button, false);
      return false;
    }
  }

  /** Says what became of what a button was pressed for. */
  report(button: HTMLElement, isDone: boolean): void {
    const { status, labels } = this.#around;
    status.textContent = `${button.textContent}: ${isDone ? labels.done : labels.failed}`;
  }
}
