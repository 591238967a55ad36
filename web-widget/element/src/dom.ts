// Builds nodes, the only way anything gets onto the page here: a host page with
// Trusted Types refuses markup in strings, and so do we.

export type Child = Node | string | null;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

// Outlines on a grid of 24, drawn for this element.
const ICONS = {
  ask: "M5 4h14q2 0 2 2v9q0 2-2 2h-7l-5 4v-4H5q-2 0-2-2V6q0-2 2-2ZM8 9h8M8 12.5h5",
  close: "M6 6l12 12M18 6 6 18",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  take: "M12 4v11M8 11l4 4 4-4M5 20h14",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.5M12 7.5v.2",
  warning: "M12 4 2.5 20h19zM12 10v4.5M12 17.2v.2",
  thumb: "M8 11v9H4v-9zM8 11l4-8c2 0 2.5 2 2 4l-.5 3H19c1.5 0 2 1 2 2l-2 6c-.5 1-1 2-2 2H8",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  calendar: "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
} as const;

export type IconName = keyof typeof ICONS;

/** A decoration: whatever it says is also said in words. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** The text of a node without what is only there to be heard. */
export function visibleText(node: Element): string {
  const copy = node.cloneNode(true) as Element;
  for (const unseen of copy.querySelectorAll(".unseen")) unseen.remove();
  return copy.textContent ?? "";
}

let lastId = 0;

/** An id that is unique within every shadow root on the page. */
export function freshId(): string {
  lastId += 1;
  return `auskunft-${lastId}`;
}
