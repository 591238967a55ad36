// The markdown subset of the desk: paragraphs, lists, bold, links. Anything else is text.

import { element } from "../dom";
import { spoken } from "../language";
import type { Note } from "../reply";
import type { Context } from "./context";

const BULLET = /^\s*[-*•]\s+(.*)$/;
const NUMBERED = /^\s*(\d{1,3})[.)]\s+(.*)$/;
const BOLD_OR_LINK = /\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

export function paragraphs(source: string, context: Context): Node[] {
  const nodes: Node[] = [];
  // The assertion, because the compiler would otherwise believe it stays null.
  let open = null as HTMLElement | null;
  for (const line of source.split("\n")) {
    const bullet = BULLET.exec(line);
    const numbered = NUMBERED.exec(line);
    if (bullet || numbered) {
      const tag = bullet ? "ul" : "ol";
      if (open?.localName !== tag) {
        open = element(tag);
        const first = numbered?.[1];
        if (first && first !== "1") open.setAttribute("start", first);
        nodes.push(open);
      }
      open.append(element("li", {}, ...inline(bullet?.[1] ?? numbered?.[2] ?? "", context)));
    } else if (line.trim() === "") {
      // A gap between two items does not end a list: numbers would start again.
      if (open?.localName === "p") open = null;
    } else if (open?.localName === "p") {
      open.append(element("br"), ...inline(line, context));
    } else {
      open = element("p", {}, ...inline(line, context));
      nodes.push(open);
    }
  }
  return nodes;
}

/** What an office adds, which may be in its own language. */
export function remark(note: Note, outer: Context): HTMLElement {
  const attributes = note.lang ? spoken(note.lang) : {};
  return element("div", { ...attributes, class: "remark" }, ...paragraphs(note.text, outer.within(note.lang)));
}

/** Bold and links inside one line. */
export function inline(line: string, context: Context): (Node | string)[] {
  const children: (Node | string)[] = [];
  let end = 0;
  for (const match of line.matchAll(BOLD_OR_LINK)) {
    const [all, bold, label, url] = match;
    children.push(line.slice(end, match.index));
    if (bold) children.push(element("strong", {}, ...inline(bold, context)));
    else if (label && url) children.push(context.link(url, {}, label));
    end = match.index + all.length;
  }
  children.push(line.slice(end));
  return children;
}
