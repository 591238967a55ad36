// What the visitor reads where there is no reply, and the ways on from there: one more
// attempt, by hand or when the browser is online again, and what the site owner put
// into the tag.

import { Failure } from "./api";
import type { Labels } from "./labels/index";
import type { View } from "./view";

export class Trouble {
  readonly #host: HTMLElement;
  readonly #view: View;
  readonly #labels: Labels;
  #again: (() => void) | null = null;
  /** What stood in the input when the browser was found offline. */
  #offline: string | null = null;

  constructor(host: HTMLElement, view: View, labels: Labels) {
    this.#host = host;
    this.#view = view;
    this.#labels = labels;
  }

  start(signal: AbortSignal): void {
    const { retry, input } = this.#view;
    const onRetry = () => {
      // The button disappears with the message; the focus must not disappear with it.
      input.focus();
      this.#again?.();
    };
    // Once for each time it failed, and never with a text that is being changed.
    const onOnline = () => this.#offline === input.value && this.#again?.();
    retry.addEventListener("click", onRetry, { signal });
    window.addEventListener("online", onOnline, { signal });
  }

  explain(error: unknown, again: () => void): void {
    if (!(error instanceof Failure)) throw error;
    if (error.kind === "aborted") return;
    const { alertText, retry, help, input } = this.#view;
    const { offline, unreachable, kept } = this.#labels;
    const isOffline = error.kind === "offline";
    // The same text would be refused again; only the visitor can change it.
    const mendable = error.kind === "refused";
    const sentence = error.sentence ?? (isOffline ? offline : unreachable);
    alertText.textContent = `${sentence} ${input.value && kept}`.trim();
    this.#again = mendable ? null : again;
    this.#offline = isOffline ? input.value : null;
    retry.hidden = mendable;
    help.hidden = mendable || this.#host.childElementCount === 0;
  }

  /** Takes away what was said about an earlier attempt. */
  calm(): void {
    const { alertText, retry, help, status } = this.#view;
    alertText.textContent = "";
    status.textContent = "";
    retry.hidden = true;
    help.hidden = true;
    this.#again = null;
    this.#offline = null;
  }
}
