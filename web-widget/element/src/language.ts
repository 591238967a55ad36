// Which language, and which way it runs.

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)$/;

/** Leichte Sprache: its own content, but German to a browser and a screen reader. */
export const SIMPLE_GERMAN = "de-simple";

/** How dates are written here: as the desk itself writes them, so British where it is English. */
export function locale(tag: string): string {
  return tag === "en" ? "en-GB" : tag;
}

/** The first part of a tag, `pt` of `pt-BR`. */
export function primary(tag: string): string {
  return tag.toLowerCase().split(/[-_]/, 1)[0] || "de";
}

/**
 * The attributes a piece of text in this language needs. The direction comes from the
 * language and not from `dir="auto"`: an Arabic answer may begin with a German name.
 */
export function spoken(tag: string): Record<string, string> {
  const lang = primary(tag);
  const attributes: Record<string, string> = { lang, dir: RIGHT_TO_LEFT.test(lang) ? "rtl" : "ltr" };
  if (tag.toLowerCase() === SIMPLE_GERMAN) attributes["data-simple"] = "";
  return attributes;
}

/** The language of the page around an element, also through shadow roots. */
export function nearestLanguage(element: Element): string {
  let here: Element | null = element;
  while (here) {
    const lang = here.closest("[lang]:not([lang=''])")?.getAttribute("lang");
    if (lang) return lang;
    const root: Node = here.getRootNode();
    here = root instanceof ShadowRoot ? root.host : null;
  }
  return "de";
}
