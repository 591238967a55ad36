// What stands before the normal answer: a closed office, a failed system.

import { element, icon } from "../dom";
import { fill } from "../labels/index";
import type { BlockOf } from "../reply";
import type { Context } from "./context";
import { paragraphs } from "./text";

export function notice(block: BlockOf<"notice">, context: Context, shell: HTMLElement): Node[] {
  shell.classList.add(block.severity);
  const { info, warning, validUntil } = context.labels;
  const nodes: Node[] = [
    icon(block.severity === "info" ? "info" : "warning"),
    element(
      "div",
      {},
      element("p", { class: "severity" }, context.say(block.severity === "info" ? info : warning)),
      ...paragraphs(block.text, context),
      block.valid_until ? element("p", { class: "remark" }, context.say(fill(validUntil, context.date(block.valid_until)))) : null,
    ),
  ];
  return nodes;
}
