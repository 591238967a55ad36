// Registration: the one thing that happens when the script loads.
//
// The module of the class has no side effect; loading the script twice, or
// beside an older copy, must not throw on the town's page.

import { AuskunftChat } from "./element";

const TAG = "auskunft-chat";

// Without constructable style sheets nothing we could draw survives a strict
// CSP. Such a browser keeps the link inside the tag.
const canBeStyled = "adoptedStyleSheets" in Document.prototype;

if (canBeStyled && !customElements.get(TAG)) {
  customElements.define(TAG, AuskunftChat);
}
