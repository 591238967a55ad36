// How to reach a person.

import { element, type Child } from "../dom";
import { spoken } from "../language";
import type { BlockOf } from "../reply";
import type { Context } from "./context";
import { remark } from "./text";

export function contact(block: BlockOf<"contact">, context: Context): Node[] {
  const { labels } = context;
  const rows: HTMLElement[] = [];
  const row = (name: Child, ...details: Child[]) => {
    rows.push(element("div", {}, element("dt", {}, name), ...details.map((detail) => element("dd", {}, detail))));
  };
  for (const { label, label_lang, number, uri } of block.phones) {
    // Digits run left to right in every script.
    const shown = element("bdi", { dir: "ltr" }, number);
    row(label ? element("span", label_lang ? spoken(label_lang) : {}, label) : context.say(labels.phone), context.link(uri ?? `tel:${number.replace(/[^+\d]/g, "")}`, { class: "phone" }, shown));
  }
  if (block.email) row(context.say(labels.email), context.link(`mailto:${block.email}`, {}, element("bdi", {}, block.email)));
  if (block.website) row(context.say(labels.website), context.link(block.website, {}, element("bdi", {}, readable(block.website))));
  if (block.address) {
    const attributes = { class: "address" };
    row(context.say(labels.address), block.map ? context.link(block.map, attributes, block.address) : element("span", attributes, block.address));
  }
  return [
    element("h3", {}, block.name),
    ...(rows.length ? [element("dl", {}, ...rows)] : []),
    ...(block.note ? [remark(block.note, context)] : []),
  ];
}

function readable(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}
