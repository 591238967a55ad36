// The page around: what it asks of us, and what it hears, which is never what was said.

/** Where the style sheet lets the panel fill the window. */
const FILLING = "(max-width: 30em), (max-height: 26em)";

/** The element as its behaviour knows it. */
export interface Host extends HTMLElement {
  open: boolean;
  ask(text: string, opener: HTMLElement): void;
  /** Goes on in another language. */
  speak(lang: string): void;
}

export function tell(host: HTMLElement, what: "open" | "close" | "reply" | "feedback", detail: unknown = null): void {
  host.dispatchEvent(new CustomEvent(`auskunft-chat:${what}`, { bubbles: true, composed: true, detail }));
}

/** Links and buttons anywhere on the page that ask a question. */
export function hearPage(host: Host, signal: AbortSignal): void {
  const onClick = (event: MouseEvent) => {
    const asker = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-auskunft-ask]") : null;
    // Another element on this page was faster, or the visitor wants a new tab.
    if (!asker || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    host.ask(asker.dataset["auskunftAsk"] ?? "", asker);
  };
  document.addEventListener("click", onClick, { signal });
}

/**
 * A panel that fills the window covers the page. Whoever goes on with the keyboard to something behind it must see where
 * they are, so it makes way (WCAG 2.4.11).
 */
export function makeWay(host: Host, signal: AbortSignal): void {
  const filling = matchMedia(FILLING);
  const onFocus = (event: FocusEvent) => {
    if (host.open && filling.matches && !event.composedPath().includes(host)) host.open = false;
  };
  document.addEventListener("focusin", onFocus, { signal });
}

/** What the visitor used to open the panel, if it was not our own button. */
export function elsewhereFocused(host: HTMLElement): HTMLElement | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && activeElement !== document.body && activeElement !== host ? activeElement : null;
}
