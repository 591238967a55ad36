// Takes a checklist along: to the clipboard, and to paper.

import { asPlainText, checklistAround, headline } from "./blocks/checklist";
import { element, visibleText } from "./dom";
import { spoken } from "./language";
import { PRINT_CSS, sheet } from "./styles";

/** Whether the list that this button belongs to is now in the clipboard. */
export async function copyList(button: Element): Promise<boolean> {
  const list = checklistAround(button);
  if (!list) return false;
  const source = sourceBelow(button);
  const lines = [asPlainText(list), ...(source ? ["", [...source.children].map(visibleText).join(" · ")] : [])];
  try {
    await navigator.clipboard.writeText(lines.join("\n"));
    return true;
  } catch {
    return false;
  }
}

/**
 * Prints the list and not the town's whole page. Returns the frame it was printed from.
 *
 * A frame without address runs no script and loads nothing, so a strict CSP has nothing
 * to refuse; its style sheet is adopted like all the others.
 */
export function printList(button: Element, parent: ShadowRoot): HTMLIFrameElement | null {
  const list = checklistAround(button);
  if (!list) return null;
  const title = list.block.title ?? list.context.labels.title;
  const frame = element("iframe", { class: "paper", title, tabindex: "-1", "aria-hidden": "true" });
  parent.append(frame);
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!view) return frame;
  const paper = view.document;
  paper.title = title;
  for (const [key, value] of Object.entries(spoken(list.context.lang))) paper.documentElement.setAttribute(key, value);
  paper.adoptedStyleSheets = [sheet(PRINT_CSS, view)];
  const source = sourceBelow(button);
  paper.body.append(headline(list), paper.importNode(list.shell, true), ...(source ? [paper.importNode(source, true)] : []));
  view.print();
  return frame;
}

function sourceBelow(button: Element): Element | null {
  return button.closest(".message")?.querySelector(".source") ?? null;
}
