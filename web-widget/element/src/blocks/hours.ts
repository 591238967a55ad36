// Opening hours of one day, or of the week, and whether it is open at this moment.

import { element, icon, type Child } from "../dom";
import { capitalised, fill } from "../labels/index";
import type { BlockOf, Period } from "../reply";
import { minutesBetween, wallClock, weekday } from "../time";
import type { Context } from "./context";

type Hours = BlockOf<"hours">;

const LOOKS = { open: "tick", closed: "close", later: "calendar" } as const;

interface State {
  readonly is: keyof typeof LOOKS;
  readonly text: string;
}

/** A state that time changes, and how to say it anew. */
const living = new WeakMap<Element, () => void>();

export function hours(block: Hours, context: Context): Node[] {
  const nodes: Node[] = [];
  const { labels } = context;
  const now = wallClock(block.time_zone);
  if (block.office_name) nodes.push(element("h3", {}, block.office_name));
  if (block.date) nodes.push(element("p", { class: "day" }, block.date_label ?? context.day(block.date)));
  // Inside the log, but nobody wants to hear every minute that one has passed.
  const state = element("p", { "aria-live": "off" });
  living.set(state, () => draw(state, stateOf(block, context), context));
  refreshHours(state);
  if (state.hasChildNodes()) nodes.push(state);
  if (block.periods.length) nodes.push(element("p", { class: "periods" }, spans(block.periods)));
  if (block.week.length) nodes.push(week(block, now.date, context));
  if (block.exceptions.length) nodes.push(element("h4", {}, context.say(labels.exceptions)), exceptions(block, context));
  if (block.reason) nodes.push(element("p", { class: "remark" }, block.reason));
  return nodes;
}

/** Says anew what has changed since. */
export function refreshHours(within: Element): void {
  for (const state of [within, ...within.querySelectorAll(".state")]) living.get(state)?.();
}

function draw(node: Element, state: State | null, context: Context): void {
  if (!state || node.textContent === state.text) return;
  node.className = `state is-${state.is}`;
  node.replaceChildren(icon(LOOKS[state.is]), element("span", {}, context.say(state.text)));
}

/** Whether it is open, as exactly as the block tells: at this moment, or on its day. */
function stateOf(block: Hours, context: Context): State | null {
  const { open, openFor, closed, opens } = context.labels;
  const { date, time } = wallClock(block.time_zone);
  const today = periodsOn(date, block);
  const opensAt = (next: string) => fill(opens, context.nearDay(next.slice(0, 10), date), next.slice(11, 16));
  const next = block.next_opening && block.next_opening > `${date}T${time}` ? opensAt(block.next_opening) : null;
  if (!today) {
    // Closed on a day that has hours: the question named a time outside them, which the text above has answered.
    // And a week that does not say which row is today's cannot say whether it is open now.
    if (block.open === null || (!block.open && block.periods.length)) return null;
    return { is: block.open ? "open" : "closed", text: block.open ? open : next ? `${closed} – ${next}` : closed };
  }
  const current = today.find((period) => period.opens <= time && time < period.closes);
  if (current) return { is: "open", text: fill(openFor, context.duration(minutesBetween(time, current.closes))) };
  const later = today.find((period) => period.opens > time);
  // Beside "open from 9 to 12" the word "closed" would read as a contradiction.
  if (later) return { is: "later", text: capitalised(opensAt(`${date}T${later.opens}`)) };
  return { is: "closed", text: next ? `${closed} – ${next}` : closed };
}

/** `null` where the block does not say. */
function periodsOn(date: string, block: Hours): readonly Period[] | null {
  if (block.date === date) return block.periods;
  const rows = block.week.filter(({ weekdays }) => weekdays.includes(weekday(date)));
  return (block.exceptions.find((day) => day.date === date) ?? rows[0])?.periods ?? null;
}

function week(block: Hours, today: string, context: Context): HTMLElement {
  const rows = block.week.map(({ days, weekdays, periods }) =>
    weekdays.includes(weekday(today))
      ? row(days, context.say(context.nearDay(today, today)), periods, context, { class: "today", "aria-current": "date" })
      : row(days, null, periods, context),
  );
  return element("dl", {}, ...rows);
}

function exceptions(block: Hours, context: Context): HTMLElement {
  const rows = block.exceptions.map(({ date, date_label, periods, reason }) =>
    row(date_label ?? context.day(date), reason, periods, context),
  );
  return element("dl", {}, ...rows);
}

function row(days: string, remark: Child, periods: readonly Period[], context: Context, attributes: Record<string, string> = {}): HTMLElement {
  return element(
    "div",
    attributes,
    element("dt", {}, days, remark && element("span", { class: "remark" }, " ", remark)),
    element("dd", {}, periods.length ? spans(periods) : context.say(context.labels.closed)),
  );
}

/** Digits run left to right in every script. */
function spans(periods: readonly Period[]): HTMLElement {
  return element("bdi", { dir: "ltr" }, periods.map(({ opens, closes }) => `${opens} – ${closes}`).join(", "));
}
