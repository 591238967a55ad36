// What the buttons inside an answer do: take a list along, and judge the answer.
//
// What became of it is said in the panel's status line, and the focus stays on the button.

import type { Api } from "./api";
import { tell } from "./events";
import { rate, verdictOn, type Verdict } from "./feedback";
import type { Labels } from "./labels/index";
import { copyList, printList } from "./paper";
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
    else if (action === "copy") void copyList(button).then((copied) => this.report(button, copied));
    else if (action === "print") {
      // The last sheet is surely printed by now: not every browser says when it is done.
      this.#paper?.remove();
      this.#paper = printList(button, this.#around.root);
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
