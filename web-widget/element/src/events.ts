// What the page around hears: that something happened, and never what was said.

export function tell(host: HTMLElement, what: "open" | "close" | "reply" | "feedback", detail: unknown = null): void {
  host.dispatchEvent(new CustomEvent(`auskunft-chat:${what}`, { bubbles: true, composed: true, detail }));
}
