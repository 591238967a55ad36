// The way to a booked time.

import { element, icon } from "../dom";
import type { BlockOf } from "../reply";
import type { Context } from "./context";
import { remark } from "./text";

export function appointment(block: BlockOf<"appointment">, context: Context): Node[] {
  const { slots, url, label, note, as_of, office_name } = block;
  const nodes: Node[] = [];
  if (slots.length) {
    nodes.push(
      element("h3", {}, office_name && `${office_name}: `, context.say(context.labels.slots)),
      element("ul", {}, ...slots.map((slot) => element("li", {}, context.dateAndTime(slot)))),
    );
    // Somebody else may have taken one since.
    if (as_of) nodes.push(element("p", { class: "remark" }, context.say(`${context.labels.asOf} ${context.dateAndTime(as_of)}`)));
  }
  nodes.push(url ? context.link(url, { class: "primary" }, icon("calendar"), element("span", {}, label)) : element("p", {}, element("strong", {}, label)));
  if (note) nodes.push(remark(note, context));
  return nodes;
}
