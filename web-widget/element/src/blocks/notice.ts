// What stands before the normal answer: a closed office, a failed system.

import { element, icon } from "../dom";
import type { BlockOf } from "../reply";
import type { Context } from "./context";
import { paragraphs } from "./text";

export function notice(block: BlockOf<"notice">, context: Context, shell: HTMLElement): Node[] {
  shell.classList.add(block.severity);
  const { severity, validUntil } = context.labels;
  const nodes: Node[] = [
    icon(block.severity === "info" ? "info" : "warning"),
    element(
      "div",
      {},
      element("p", { class: "severity" }, context.say(severity[block.severity])),
      ...paragraphs(block.text, context),
      block.valid_until ? element("p", { class: "remark" }, context.say(validUntil(context.date(block.valid_until)))) : null,
    ),
  ];
  return nodes;
}
