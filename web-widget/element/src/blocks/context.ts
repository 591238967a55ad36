// What every renderer knows: in which language it speaks, and where links begin.

import { element, type Child } from "../dom";
import { labelsFor, type Labels } from "../labels/index";
import { locale, primary, SIMPLE_GERMAN, spoken } from "../language";
import type { Session } from "../session";
import { daysBetween } from "../time";

const SAFE_SCHEMES = new Set(["https:", "http:", "mailto:", "tel:"]);

export class Context {
  readonly labels: Labels;
  /** The language of the text around. */
  readonly lang: string;
  readonly session: Session;
  readonly #service: string | null;

  constructor(session: Session, lang: string, service: string | null, labels: Labels = labelsFor(lang)) {
    this.session = session;
    this.lang = lang;
    this.#service = service;
    this.labels = labels;
  }

  /** The name under which something the visitor does about this service is remembered. */
  mark(what: string): string {
    return `${this.#service} ${what}`;
  }

  /** The same reader, text in another language. */
  within(lang: string | null): Context {
    return lang ? new Context(this.session, lang, this.#service, this.labels) : this;
  }

  /** One of our labels, marked where its language is not that of the text around it. */
  say(label: string): Child {
    if (primary(this.labels.lang) === primary(this.lang)) return label;
    return element("span", spoken(this.labels.lang), label);
  }

  /** A link, or only its label where the address is none a citizen should be sent to. */
  link(url: string, attributes: Record<string, string>, ...label: Child[]): HTMLElement {
    const address = this.#address(url);
    if (!address) return element("span", {}, ...label);
    const leaves = address.protocol.startsWith("http") && address.origin !== location.origin;
    const link = element("a", { ...attributes, href: address.href }, ...label);
    if (leaves) {
      // Another site opens beside this one, or the conversation would be gone.
      link.target = "_blank";
      link.rel = "noopener";
      link.append(element("span", { class: "unseen" }, " ", this.say(this.labels.newWindow)));
    }
    return link;
  }

  /** `2026-11-22` and times with it as a reader writes dates; other text as it stands. */
  date(value: string): string {
    return this.#format(value, { dateStyle: "long" });
  }

  /** For the small print. */
  shortDate(value: string): string {
    return this.#format(value, { dateStyle: "medium" });
  }

  /** A date with its weekday. */
  day(value: string): string {
    return this.#format(value, { dateStyle: "full" });
  }

  dateAndTime(value: string): string {
    return this.#format(value, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  /** Today, tomorrow, a weekday within a week, else the date. */
  nearDay(value: string, today: string): string {
    const days = daysBetween(today, value);
    if (days < 2) return new Intl.RelativeTimeFormat(this.labels.lang, { numeric: "auto" }).format(days, "day");
    return this.#format(value, days < 7 ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" });
  }

  /** `2 Std. 10 Min.`; Leichte Sprache knows no abbreviations. */
  duration(minutes: number): string {
    const { lang } = this.labels;
    const unitDisplay = lang === SIMPLE_GERMAN ? "long" : "short";
    const say = (value: number, unit: string) => (value ? new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay }).format(value) : "");
    return `${say(Math.floor(minutes / 60), "hour")} ${say(minutes % 60, "minute")}`.trim();
  }

  #format(value: string, options: Intl.DateTimeFormatOptions): string {
    // The wall clock as written is the office's own; the offset behind it and the
    // visitor's time zone would only shift it.
    const wallClock = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?/.exec(value);
    if (!wallClock) return value;
    const time = new Date(wallClock[1] ? `${wallClock[0]}Z` : wallClock[0]);
    if (Number.isNaN(time.getTime())) return value;
    return new Intl.DateTimeFormat(locale(this.labels.lang), { ...options, timeZone: "UTC" }).format(time);
  }

  #address(url: string): URL | null {
    try {
      // A page of the desk's, which may stand below a path.
      const address = new URL(url.startsWith("/") ? this.session.server + url : url);
      return SAFE_SCHEMES.has(address.protocol) ? address : null;
    } catch {
      return null;
    }
  }
}
