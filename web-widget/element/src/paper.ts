// Takes a checklist along: to the clipboard, to another program, and to paper.

import { asPlainText, checklistAround, headline } from "./blocks/checklist";
import { element, visibleText } from "./dom";
import { locale, spoken } from "./language";
import type { BlockOf } from "./reply";
import { PRINT_CSS, sheet } from "./styles";

/** What of an answer belongs beside its list on paper. */
const BESIDE = ":scope > :is(.contact, .hours, .appointment, .source)";

export async function copyList(button: Element): Promise<void> {
  await navigator.clipboard.writeText(listAround(button).text);
}

/** Where a telephone has its share sheet, there; else as a file for the calendar. */
export async function takeList(button: Element): Promise<void> {
  const { list, title, text } = listAround(button);
  if (navigator.share) return navigator.share({ title, text });
  const href = URL.createObjectURL(new Blob([asCalendar(title, text, list.block)]));
  element("a", { href, download: `${title}.ics` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * Prints the list and not the town's whole page. Returns the frame it was printed from.
 *
 * A frame without address runs no script and loads nothing, so a strict CSP has nothing
 * to refuse; its style sheet is adopted like all the others.
 */
export function printList(button: Element, parent: ShadowRoot): HTMLIFrameElement | null {
  const { list, title, message } = listAround(button);
  const frame = element("iframe", { class: "paper", title, tabindex: "-1", "aria-hidden": "true" });
  parent.append(frame);
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!view) return frame;
  const paper = view.document;
  paper.title = title;
  for (const [key, value] of Object.entries(spoken(list.context.lang))) paper.documentElement.setAttribute(key, value);
  paper.adoptedStyleSheets = [sheet(PRINT_CSS, {}, view)];
  const today = new Intl.DateTimeFormat(locale(list.context.labels.lang), { dateStyle: "long" }).format();
  const copies = [list.shell, ...message.querySelectorAll(BESIDE)].map((node) => paper.importNode(node, true));
  paper.body.append(element("p", { class: "date" }, today), headline(list), ...copies);
  for (const fold of paper.querySelectorAll("details")) fold.open = true;
  view.print();
  return frame;
}

/**
 * A whole day for the errand, today until the reader moves it, with what to bring and where (RFC 5545). Lines are folded
 * where they are surely not longer than 75 octets.
 */
function asCalendar(title: string, text: string, { places }: BlockOf<"checklist">): string {
  const day = new Date().toJSON().replace(/-|T.*/g, "");
  const contact = places?.blocks.find(({ type }) => type === "contact") as BlockOf<"contact"> | undefined;
  const [summary, where, what] = [title, contact?.address ?? "", text].map((value) => value.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n"));
  return `BEGIN:VCALENDAR
VERSION:2.0
PRODID:Auskunft
BEGIN:VEVENT
UID:${Math.random()}
DTSTAMP:${day}T000000Z
DTSTART;VALUE=DATE:${day}
SUMMARY:${summary}
LOCATION:${where}
DESCRIPTION:${what}
END:VEVENT
END:VCALENDAR
`
    .replace(/.{18}(?=.)/gu, "$&\n ")
    .replace(/\n/g, "\r\n");
}

function listAround(button: Element) {
  const list = checklistAround(button)!;
  const message = button.closest(".message")!;
  const source = message.querySelector(".source");
  const below = source ? ["", [...source.children].map(visibleText).join(" · ")] : [];
  return { list, message, title: list.block.title ?? list.context.labels.title, text: [asPlainText(list), ...below].join("\n") };
}
