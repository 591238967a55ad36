// What would have gone to the printer.

/** Chromium gives a frame without address no init script, so its print is caught here; `window.printed` holds the sheet. */
export function catchPrinting(page) {
  return page.evaluate(() => {
    const getter = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow").get;
    Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", {
      get() {
        const view = getter.call(this);
        view.print = () => {
          const { body, title, documentElement, adoptedStyleSheets } = view.document;
          window.printed = {
            text: body.innerText,
            title,
            lang: documentElement.lang,
            sheet: adoptedStyleSheets[0].cssRules.length,
            ticked: body.querySelectorAll(":checked").length,
            links: [...body.querySelectorAll("a")].map((link) => link.href),
          };
        };
        return view;
      },
    });
  });
}
