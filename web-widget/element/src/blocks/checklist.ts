// What to bring: grouped by condition, to tick, to copy, to print and to take along.

import { element, freshId, icon } from "../dom";
import { capitalised } from "../labels/index";
import { spoken } from "../language";
import type { BlockOf, ChecklistItem } from "../reply";
import type { Context } from "./context";
import { inline } from "./text";

type Checklist = BlockOf<"checklist">;

interface Group {
  readonly when: string | null;
  readonly items: ChecklistItem[];
}

/** A list on the page; `outer` speaks the reply's language, `context` that of the items. */
interface Shown {
  readonly block: Checklist;
  readonly context: Context;
  readonly outer: Context;
}

// The buttons are found by delegation; this says which list they belong to.
const shown = new WeakMap<Element, Shown>();

export function checklist(block: Checklist, context: Context, outer: Context, shell: HTMLElement): Node[] {
  shown.set(shell, { block, context, outer });
  const groups = grouped(block.items);
  const nodes: Node[] = [];
  // The reply's first line has named the service; the title is for where the list stands alone.
  for (const group of groups) {
    const heading = headingOf(group, groups, context);
    if (heading) nodes.push(element("h3", { class: "when" }, ...heading));
    nodes.push(element("ul", {}, ...group.items.map((item) => line(item, context))));
  }
  nodes.push(
    element(
      "div",
      { class: "tools" },
      // Only a secure page has a clipboard.
      navigator.clipboard ? tool("copy", context.labels.copy, context) : null,
      tool("print", context.labels.print, context),
      tool("take", context.labels.take, context),
    ),
  );
  return nodes;
}

/** Items with the same condition stand together, in the order of first appearance; what is always needed comes first. */
export function grouped(items: readonly ChecklistItem[]): Group[] {
  const groups = new Map<string | null, Group>();
  for (const item of items) {
    const group = groups.get(item.when) ?? { when: item.when, items: [] };
    group.items.push(item);
    groups.set(item.when, group);
  }
  const all = [...groups.values()];
  return [...all.filter((group) => group.when === null), ...all.filter((group) => group.when !== null)];
}

/** The checklist a button stands in. */
export function checklistAround(button: Element): (Shown & { shell: Element }) | null {
  const shell = button.closest(".checklist");
  const found = shell && shown.get(shell);
  return shell && found ? { ...found, shell } : null;
}

/** What heads the list where no reply stands above it. The title is in the reply's language; only the items may not be. */
export function headline({ block, context, outer }: Shown): HTMLElement {
  if (!block.title) return element("h1", {}, context.say(context.labels.title));
  return element("h1", block.lang ? spoken(outer.lang) : {}, block.title);
}

/** For the clipboard and other programs. */
export function asPlainText({ block, context }: Shown): string {
  const groups = grouped(block.items);
  const lines: string[] = [block.title ?? context.labels.title];
  for (const group of groups) {
    const heading = group.when ? capitalised(group.when) : groups.length > 1 ? context.labels.always : null;
    lines.push("");
    if (heading) lines.push(`${heading}:`);
    for (const item of group.items) {
      lines.push(`${context.session.marks.has(context.mark(item.text)) ? "☑" : "☐"} ${plain(item.text)}`);
      for (const remark of [item.note, item.why]) if (remark) lines.push(`  ${plain(remark)}`);
    }
  }
  if (block.places?.text) lines.push("", block.places.text);
  return lines.join("\n");
}

function headingOf(group: Group, groups: Group[], context: Context) {
  if (group.when) return [capitalised(group.when)];
  return groups.length > 1 ? [context.say(context.labels.always)] : null;
}

function line(item: ChecklistItem, context: Context): HTMLElement {
  const remarks = [item.note, item.why].filter((remark) => remark !== null);
  const mark = context.mark(item.text);
  const [id, about] = [freshId(), freshId()];
  const box = element("input", { type: "checkbox", id, "data-mark": mark, "aria-describedby": about });
  box.checked = context.session.marks.has(mark);
  return element(
    "li",
    {},
    box,
    element(
      "div",
      {},
      element("label", { for: id }, ...inline(item.text, context)),
      element("div", { id: about }, ...remarks.map((remark) => element("p", { class: "remark" }, ...inline(remark, context)))),
    ),
  );
}

function tool(action: "copy" | "print" | "take", label: string, context: Context): HTMLElement {
  return element("button", { type: "button", class: "quiet", "data-action": action }, icon(action), context.say(label));
}

function plain(markdown: string): string {
  return markdown.replace(/\*\*([^*]+)\*\*/g, "$1").replace(/\[([^\]]+)\]\(([^()\s]+)\)/g, "$1 ($2)");
}
