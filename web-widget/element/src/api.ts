// The desk's HTTP interface, as far as the element needs it.
//
// No cookie, no referrer, no cache: a question leaves as little behind as it can.

import type { Verdict } from "./feedback";
import { isRecord, list, parseChoice, parseReply, text, type Choice, type Reply } from "./reply";

const TIMEOUT_MS = 15_000;

/**
 * Why there is no reply. A desk that cannot be reached, is too slow or out of order is the same to a visitor; only a
 * `refused` question can be mended by asking differently.
 */
export type FailureKind = "aborted" | "offline" | "unreachable" | "refused";

export class Failure extends Error {
  readonly kind: FailureKind;
  /** The desk's own sentence for the visitor, where it sent one. */
  readonly sentence: string | null;
  /** The desk's name for what was wrong, where it sent one. */
  readonly code: string | null;

  constructor(kind: FailureKind, sentence: string | null = null, code: string | null = null) {
    super(kind);
    this.kind = kind;
    this.sentence = sentence;
    this.code = code;
  }
}

export interface Question {
  readonly text: string;
  readonly lang: string;
  readonly conversation: string | null;
  /** The office whose page this is. */
  readonly office: string | undefined;
}

export class Api {
  readonly #server: string;
  readonly #lang: string;

  constructor(server: string, lang: string) {
    this.#server = server;
    this.#lang = lang;
  }

  greeting(signal: AbortSignal): Promise<Reply> {
    return this.#request(`/api/v1/greeting?lang=${this.#lang}`, null, signal).then(replied);
  }

  ask(question: Question, signal: AbortSignal): Promise<Reply> {
    return this.#request("/api/v1/messages", question, signal).then(replied);
  }

  async suggest(typed: string, signal: AbortSignal): Promise<Choice[]> {
    const found = await this.#request(`/api/v1/suggest?${new URLSearchParams({ q: typed, lang: this.#lang })}`, null, signal);
    return isRecord(found) ? list(found["suggestions"], parseChoice) : [];
  }

  rate(verdict: Verdict, signal: AbortSignal): Promise<unknown> {
    return this.#request("/api/v1/feedback", verdict, signal);
  }

  /** Posts `sent`, or gets where there is nothing to send. Rejects with a `Failure` and nothing else. */
  async #request(path: string, sent: unknown, signal: AbortSignal): Promise<unknown> {
    // `AbortSignal.any` and `.timeout` are too young for the phones people bring.
    const controller = new AbortController();
    const abort = () => controller.abort();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort();
    }, TIMEOUT_MS);
    signal.addEventListener("abort", abort);
    try {
      const response = await fetch(this.#server + path, {
        // So that what goes wrong is said in the language of the panel and not in the browser's.
        headers: { "accept-language": this.#lang, ...(sent ? { "content-type": "application/json" } : {}) },
        ...(sent ? { method: "POST", body: JSON.stringify(sent) } : {}),
        signal: controller.signal,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        cache: "no-store",
        redirect: "error",
      });
      // The body belongs to the time limit too.
      const body = await response.text();
      return read(response.status, body);
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (signal.aborted) throw new Failure("aborted");
      throw new Failure(navigator.onLine || late ? "unreachable" : "offline");
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    }
  }
}

function replied(value: unknown): Reply {
  const reply = parseReply(value);
  if (reply) return reply;
  throw new Failure("unreachable");
}

function read(status: number, body: string): unknown {
  const value = parseJson(body);
  if (status === 200 || status === 204) return value;
  const error = isRecord(value) && isRecord(value["error"]) ? value["error"] : null;
  const sentence = text(error?.["message"]);
  // Without the desk's own envelope this is some proxy's or a wrong address's page.
  if (status < 500 && status !== 429 && error) throw new Failure("refused", sentence, text(error["code"]));
  throw new Failure("unreachable", sentence);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
