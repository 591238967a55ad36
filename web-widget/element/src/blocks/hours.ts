// Opening hours of one day, or of the week.

import { element, icon } from "../dom";
import { spoken } from "../language";
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
  if (block.periods.length) nodes.push(element("ul", { class: "periods" }, ...block.periods.map((p) => element("li", {}, period(p, context)))));
  if (block.week.length) nodes.push(week(block, context));
  if (block.reason) nodes.push(element("p", { class: "remark" }, block.reason));
  const next = block.next_opening_label ?? (block.next_opening ? context.dateAndTime(block.next_opening) : null);
  // Whoever reads that it is open now needs no next time.
  if (next && block.open !== true) {
    nodes.push(element("p", { class: "next" }, context.say(labels.opensAgain), " ", element("strong", {}, next)));
  }
  return nodes;
}

function stateOf(block: Hours, context: Context): HTMLElement | null {
  if (block.open === null) return null;
  const { open, closed, closedThen } = context.labels;
  // Closed on a day that has hours: the question named a time outside them.
  const word = block.open ? open : block.periods.length ? closedThen : closed;
  return element(
    "p",
    { class: `state ${block.open ? "is-open" : "is-closed"}` },
    icon(block.open ? "tick" : "close"),
    context.say(word),
  );
}

function week(block: Hours, context: Context): HTMLElement {
  const rows = block.week.map(({ days, periods }) =>
    element(
      "div",
      {},
      element("dt", {}, days),
      element("dd", {}, ...(periods.length ? periods.map((p) => period(p, context)) : [context.say(context.labels.closed)])),
    ),
  );
  return element("dl", {}, ...rows);
}

/** "08:00 bis 12:00 Uhr" is our phrase, so it runs in our language's direction. */
function period({ opens, closes }: Period, context: Context): HTMLElement {
  return element("span", spoken(context.labels.lang), context.labels.period(opens, closes));
}
