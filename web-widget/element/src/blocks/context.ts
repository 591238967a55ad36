// What every renderer knows: in which language it speaks, and where links begin.

import { element, icon, type Child } from "../dom";
import { labelsFor, type Labels } from "../labels/index";
import { primary, spoken } from "../language";
import type { Session } from "../session";

const SAFE_SCHEMES = new Set(["https:", "http:", "mailto:", "tel:"]);

/** Longer words must be able to break on a small screen. */
const LONGEST_UNBROKEN = 24;

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
      const arrow = icon("away");
      const last = link.lastChild;
      if (last instanceof Text) keepTogether(last, arrow);
      else link.append(arrow);
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

  /** `2026-12-28T08:00:00+01:00` in its two halves. */
  dayAndTime(value: string): { day: string; time: string } {
    return { day: this.#format(value, { weekday: "long", day: "numeric", month: "long" }), time: value.slice(11, 16) };
  }

  #format(value: string, options: Intl.DateTimeFormatOptions): string {
    // The wall clock as written is the office's own; the offset behind it and the
    // visitor's time zone would only shift it.
    const wallClock = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?/.exec(value);
    if (!wallClock) return value;
    const time = new Date(wallClock[1] ? `${wallClock[0]}Z` : wallClock[0]);
    if (Number.isNaN(time.getTime())) return value;
    return new Intl.DateTimeFormat(this.labels.lang, { ...options, timeZone: "UTC" }).format(time);
  }

  #address(url: string): URL | null {
    try {
      const address = new URL(url, `${this.session.server}/`);
      return SAFE_SCHEMES.has(address.protocol) ? address : null;
    } catch {
      return null;
    }
  }
}

/** A line may end before the last word of a link, but not between it and its arrow. */
function keepTogether(label: Text, arrow: SVGElement): void {
  const start = label.data.lastIndexOf(" ") + 1;
  const word = label.data.length - start > LONGEST_UNBROKEN ? label : label.splitText(start);
  const unbroken = element("span", word === label ? {} : { class: "unbroken" });
  word.replaceWith(unbroken);
  unbroken.append(word, arrow);
}
