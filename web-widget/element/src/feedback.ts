// Whether an answer helped, and if not, why.
//
// Every tap sends the whole verdict anew, so the desk's last word about an answer is the
// visitor's last word: `helpful` is null where it was taken back.

import type { Context } from "./blocks/context";
import { element, freshId, icon } from "./dom";
import type { Marks } from "./session";

const REASONS = ["wrong", "incomplete", "unclear"] as const;
const LONGEST_COMMENT = "500";

export interface Verdict {
  readonly answer_id: string;
  readonly helpful: boolean | null;
  readonly reason: string | null;
  readonly comment?: string;
}

export function feedback(answer: string, context: Context): HTMLElement {
  const { labels } = context;
  const [question, comment] = [freshId(), freshId()];
  const toggle = (name: "yes" | "no" | (typeof REASONS)[number], look: string, ...picture: Node[]) =>
    element("button", { type: "button", class: look, "data-answer": answer, "data-verdict": name }, ...picture, context.say(labels[name]));
  const box = element(
    "div",
    { class: "feedback", part: "feedback", role: "group", "aria-labelledby": question },
    element("p", { id: question }, context.say(labels.helpful)),
    toggle("yes", "quiet", icon("thumb")),
    toggle("no", "quiet down", icon("thumb")),
    element(
      "div",
      {},
      element("div", { class: "choices" }, ...REASONS.map((reason) => toggle(reason, "choice"))),
      element(
        "form",
        { "data-answer": answer },
        element("label", { for: comment }, context.say(labels.comment)),
        element("div", { class: "row" }, element("input", { id: comment, autocomplete: "off", maxlength: LONGEST_COMMENT }), element("button", { class: "quiet" }, context.say(labels.send))),
      ),
    ),
  );
  show(box, context.session.marks);
  return box;
}

/** Marks what was tapped; a second tap takes it back. */
export function rate(button: HTMLElement, marks: Marks): Verdict {
  const { answer = "", verdict = "" } = button.dataset;
  const isOn = !marks.has(`${answer} ${verdict}`);
  const isReason = verdict !== "yes" && verdict !== "no";
  for (const name of ["yes", "no", ...REASONS]) marks.delete(`${answer} ${name}`);
  if (isReason) marks.add(`${answer} no`);
  if (isOn) marks.add(`${answer} ${verdict}`);
  show(button.closest(".feedback")!, marks);
  return verdictOn(answer, marks);
}

export function verdictOn(answer: string, marks: Marks): Verdict {
  const has = (name: string) => marks.has(`${answer} ${name}`);
  return { answer_id: answer, helpful: has("yes") || (has("no") ? false : null), reason: REASONS.find(has) ?? null };
}

/** Shows the marks, without a new node: what is drawn anew would be read out anew. */
function show(box: Element, marks: Marks): void {
  for (const button of box.querySelectorAll<HTMLElement>("[data-verdict]")) {
    const { answer, verdict } = button.dataset;
    const isOn = marks.has(`${answer} ${verdict}`);
    button.setAttribute("aria-pressed", String(isOn));
    if (verdict === "no") box.querySelector("div")!.hidden = !isOn;
  }
}
