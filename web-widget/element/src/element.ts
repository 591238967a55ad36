// The class: attributes in, events out. What the desk does is in `behaviour`.
//
// Attributes are the interface and mirror the state. `open` is the only state a
// page sees; everything that opens or closes the panel goes through it.

import { Behaviour } from "./behaviour";
import { tell } from "./page";
import { known } from "./labels/index";
import { nearestLanguage } from "./language";
import { Session } from "./session";
import { dress } from "./styles";

// Only known while the script itself runs, hence read on loading.
const scriptAddress = (document.currentScript as HTMLScriptElement | null)?.src ?? "";

export class AuskunftChat extends HTMLElement {
  static readonly observedAttributes = ["open", "lang", "server", "theme"];

  readonly #root: ShadowRoot;
  #behaviour: Behaviour | null = null;
  // Outlives the behaviour: moving the element or changing its language must
  // not lose what was said.
  #session: Session | null = null;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
  }

  /** Whether the panel is open. Mirrors the attribute. */
  get open(): boolean {
    return this.hasAttribute("open");
  }

  set open(open: boolean) {
    this.toggleAttribute("open", open);
  }

  /**
   * Opens the panel and asks. While another question is on its way, or when the text is too long, it waits in the input.
   * The focus moves into the panel on opening, and to `opener`, if there is one, on closing.
   */
  ask(text: string, opener?: HTMLElement): void {
    this.open = true;
    this.#behaviour?.ask(text, opener);
  }

  connectedCallback(): void {
    dress(this.#root, this.getAttribute("theme"));
    this.#start();
    if (this.open) tell(this, "open");
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (name === "theme") dress(this.#root, after);
    if (before === after || !this.#behaviour) return;
    if (name === "open") {
      const isOpen = after !== null;
      if (isOpen === (before !== null)) return;
      if (isOpen) this.#show({ takeFocus: true });
      else this.#behaviour.hide();
      tell(this, isOpen ? "open" : "close");
    }
    if (name === "lang" || name === "server") this.#restart();
  }

  /** Goes on in another language, as the visitor chose it. */
  speak(lang: string): void {
    this.#session?.speak(lang);
    this.#restart();
    this.#behaviour?.focusLanguage();
  }

  #start(): void {
    this.#begin();
    // A page that loads with the panel open keeps its focus: the visitor did not ask for it.
    if (this.open) this.#show({ takeFocus: false });
  }

  #begin(): void {
    const server = this.#server();
    if (this.#session?.server !== server) this.#session = new Session(server);
    this.#behaviour = new Behaviour(this, this.#root, this.#session, this.#language());
    this.#behaviour.start();
  }

  #show(how: { takeFocus: boolean }): void {
    this.#session?.restore();
    // On an earlier page of this tab the visitor may have chosen another language than this page's.
    if (this.#behaviour?.lang !== this.#language()) {
      this.#stop();
      this.#begin();
    }
    this.#behaviour?.show(how);
  }

  #restart(): void {
    this.#stop();
    this.#start();
  }

  #language(): string {
    return known(this.#session?.lang ?? nearestLanguage(this));
  }

  #stop(): void {
    this.#behaviour?.destroy();
    this.#behaviour = null;
  }

  /** Where the desk stands, without a slash at the end. */
  #server(): string {
    const fallback = scriptAddress ? new URL(scriptAddress).origin : location.origin;
    try {
      const { protocol, origin, pathname } = new URL(this.getAttribute("server") || fallback, location.href);
      if (protocol === "https:" || protocol === "http:") return (origin + pathname).replace(/\/+$/, "");
    } catch {
      // A mistyped address: the desk that served the script is the better guess.
    }
    return fallback;
  }
}
