// The element's own words. What the desk says comes from the desk.
//
// A new language is one file beside `de.ts` and one line below. What is missing
// falls back to English, visibly marked as English for screen readers.

import { primary } from "../language";
import type { FailureKind } from "../api";
import { de } from "./de";
import { en } from "./en";

export interface Labels {
  readonly lang: string;
  readonly launcher: string;
  readonly title: string;
  readonly subtitle: string;
  readonly close: string;
  readonly conversation: string;
  readonly you: string;
  readonly desk: string;
  readonly question: string;
  readonly send: string;
  readonly waiting: string;
  readonly remaining: (characters: number) => string;
  readonly full: string;
  readonly tooLong: string;
  readonly failures: Readonly<Record<Exclude<FailureKind, "aborted">, string>>;
  /** After a failure: what was typed is not lost. */
  readonly kept: string;
  readonly retry: string;
  readonly clear: string;
  readonly cleared: string;
  readonly privacy: string;
  readonly accessibility: string;
  readonly newWindow: string;
  readonly suggestions: string;
  readonly source: string;
  readonly asOf: string;
  readonly checkedOn: string;
  readonly revision: string;
  readonly checklist: string;
  readonly always: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly print: string;
  readonly open: string;
  readonly closed: string;
  readonly closedThen: string;
  readonly opensAgain: string;
  readonly period: (opens: string, closes: string) => string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly severity: Readonly<Record<"info" | "warning" | "critical", string>>;
  readonly validUntil: (date: string) => string;
}

const LANGUAGES: Readonly<Record<string, Labels>> = { de, en };

export function labelsFor(tag: string): Labels {
  return LANGUAGES[primary(tag)] ?? en;
}
