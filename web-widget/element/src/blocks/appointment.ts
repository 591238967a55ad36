// The way to a booked time.

import { element, icon } from "../dom";
import type { BlockOf } from "../reply";
import type { Context } from "./context";
import { remark } from "./text";

export function appointment(block: BlockOf<"appointment">, context: Context): Node[] {
  const way = block.url
    ? context.link(block.url, { class: "primary" }, icon("calendar"), element("span", {}, block.label))
    : element("p", {}, element("strong", {}, block.label));
  return block.note ? [way, remark(block.note, context)] : [way];
}
