// One way on.

import type { BlockOf } from "../reply";
import type { Context } from "./context";

export function link(block: BlockOf<"link">, context: Context): Node[] {
  return [context.link(block.url, { class: "way" }, block.label)];
}
