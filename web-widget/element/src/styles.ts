// How the element looks, in style sheets only its shadow root knows.

import baseCss from "./styles/base.css";
import darkCss from "./styles/dark.css";
import printCss from "./styles/print.css";

export const PRINT_CSS = printCss;

export class Styles {
  readonly #root: ShadowRoot;
  readonly #base = sheet(baseCss);
  // Its own sheet, so that the dark colours are written once: for `auto` the
  // sheet itself carries the media query.
  readonly #dark = sheet(darkCss);

  constructor(root: ShadowRoot) {
    this.#root = root;
    this.theme(null);
  }

  /** `light`, `dark`, or as the visitor's device is set. */
  theme(theme: string | null): void {
    this.#dark.media.mediaText = theme === "dark" ? "all" : "(prefers-color-scheme: dark)";
    this.#root.adoptedStyleSheets = theme === "light" ? [this.#base] : [this.#base, this.#dark];
  }
}

/** A sheet belongs to the window whose document adopts it. */
export function sheet(css: string, view: typeof globalThis = globalThis): CSSStyleSheet {
  const made = new view.CSSStyleSheet();
  made.replaceSync(css);
  return made;
}
