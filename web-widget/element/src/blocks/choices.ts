// Buttons that ask in the visitor's place.

import { element, freshId, icon, type Child } from "../dom";
import type { BlockOf, Choice } from "../reply";
import type { Context } from "./context";

export function choices(block: BlockOf<"choices">, _context: Context): Node[] {
  return group(block.prompt, block.choices);
}

/** A few questions to begin or to go on with. */
export function suggestions(offered: readonly Choice[], context: Context): HTMLElement {
  return element("div", { class: "suggestions", part: "suggestions" }, ...group(context.say(context.labels.suggestions), offered));
}

/**
 * Marks what was chosen and switches the others off; the returned function takes it back.
 * Not `disabled`: that would throw the keyboard's focus off the button just pressed.
 */
export function settle(message: Element, chosen: string): () => void {
  const buttons = [...message.querySelectorAll<HTMLButtonElement>("[data-send]:not([aria-disabled])")];
  for (const button of buttons) {
    button.setAttribute("aria-disabled", "true");
    if (button.textContent === chosen) button.setAttribute("aria-pressed", "true");
  }
  return () => {
    for (const button of buttons) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("aria-pressed");
    }
  };
}

function group(prompt: Child, offered: readonly Choice[]): Node[] {
  const id = freshId();
  const buttons = offered.map(({ label, send }) =>
    element("button", { type: "button", class: "choice", part: "choice", "data-send": send }, icon("tick"), element("span", {}, label)),
  );
  const list = element("div", { class: "choices", role: "group" }, ...buttons);
  if (!prompt) return [list];
  list.setAttribute("aria-labelledby", id);
  return [element("p", { id, class: "prompt" }, prompt), list];
}
