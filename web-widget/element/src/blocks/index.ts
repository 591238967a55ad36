// One renderer per block type, each in its own file.

import { element } from "../dom";
import { spoken } from "../language";
import type { Block, BlockOf } from "../reply";
import { appointment } from "./appointment";
import { checklist } from "./checklist";
import { choices } from "./choices";
import { contact } from "./contact";
import type { Context } from "./context";
import { hours } from "./hours";
import { link } from "./link";
import { notice } from "./notice";
import { paragraphs } from "./text";

export function renderBlock(block: Block, outer: Context): HTMLElement {
  const context = outer.within(block.lang);
  const attributes = block.lang ? spoken(block.lang) : {};
  const shell = element("div", { ...attributes, class: `block ${block.type}`, part: `block ${block.type}` });
  shell.append(...draw(block, context, outer, shell));
  return shell;
}

/** Where a list is to be taken: folded, because the list itself is what was asked for. */
function places({ places, lang }: BlockOf<"checklist">, outer: Context): Node[] {
  if (!places) return [];
  const attributes = lang ? spoken(outer.lang) : {};
  return [element("details", attributes, element("summary", {}, places.label), ...places.blocks.map((block) => renderBlock(block, outer)))];
}

function draw(block: Block, context: Context, outer: Context, shell: HTMLElement): Node[] {
  switch (block.type) {
    case "text":
      return paragraphs(block.text, context);
    case "checklist":
      return [...checklist(block, context, outer, shell), ...places(block, outer)];
    case "hours":
      return hours(block, context);
    case "appointment":
      return appointment(block, context);
    case "contact":
      return contact(block, context);
    case "choices":
      return choices(block, context);
    case "notice":
      return notice(block, context, shell);
    case "link":
      return link(block, context);
  }
}
