// Opening hours of one day, or of the week.

import { element, icon } from "../dom";
import { fill } from "../labels/index";
import type { BlockOf, Period } from "../reply";
import type { Context } from "./context";

type Hours = BlockOf<"hours">;

export function hours(block: Hours, context: Context): Node[] {
  const nodes: Node[] = [];
  const { labels } = context;
  if (block.office_name) nodes.push(element("h3", {}, block.office_name));
  if (block.date) nodes.push(element("p", { class: "day" }, block.date_label ?? context.day(block.date)));
  const state = stateOf(block, context);
  if (state) nodes.push(state);
  if (block.periods.length) nodes.push(element("p", { class: "periods" }, spans(block.periods)));
  if (block.week.length) nodes.push(week(block, context));
  if (block.reason) nodes.push(element("p", { class: "remark" }, block.reason));
  // Whoever reads that it is open now needs no next time.
  if (block.next_opening && block.open !== true) {
    const { day, time } = context.dayAndTime(block.next_opening);
    nodes.push(element("p", { class: "next" }, context.say(fill(labels.opens, day, time))));
  }
  return nodes;
}

function stateOf(block: Hours, context: Context): HTMLElement | null {
  // Closed on a day that has hours: the question named a time outside them, which the text above has answered.
  if (block.open === null || (!block.open && block.periods.length)) return null;
  const { open, closed } = context.labels;
  return element(
    "p",
    { class: `state ${block.open ? "is-open" : "is-closed"}` },
    icon(block.open ? "tick" : "close"),
    context.say(block.open ? open : closed),
  );
}

function week(block: Hours, context: Context): HTMLElement {
  const rows = block.week.map(({ days, periods }) =>
    element(
      "div",
      {},
      element("dt", {}, days),
      element("dd", {}, periods.length ? spans(periods) : context.say(context.labels.closed)),
    ),
  );
  return element("dl", {}, ...rows);
}

/** Digits run left to right in every script. */
function spans(periods: readonly Period[]): HTMLElement {
  return element("bdi", { dir: "ltr" }, periods.map(({ opens, closes }) => `${opens} – ${closes}`).join(", "));
}
