// How the element looks, in style sheets only its shadow root knows.

import baseCss from "./styles/base.css";
import darkCss from "./styles/dark.css";
import printCss from "./styles/print.css";

export const PRINT_CSS = printCss;

/** `light`, `dark`, or as the visitor's device is set. */
export function dress(root: ShadowRoot, theme: string | null): void {
  const sheets = [sheet(baseCss)];
  // Its own sheet, so that the dark colours are written once: otherwise the sheet itself carries the media query.
  const dark = sheet(darkCss, { media: theme === "dark" ? "all" : "(prefers-color-scheme: dark)" });
  root.adoptedStyleSheets = theme === "light" ? sheets : [...sheets, dark];
}

/** A sheet belongs to the window whose document adopts it. */
export function sheet(css: string, options: CSSStyleSheetInit = {}, view: typeof globalThis = globalThis): CSSStyleSheet {
  const made = new view.CSSStyleSheet(options);
  made.replaceSync(css);
  return made;
}
