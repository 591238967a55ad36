// The button and the panel as nodes, without behaviour.

import { element, icon } from "./dom";
import { LANGUAGES, nameOf, type Labels } from "./labels/index";
import { spoken } from "./language";

export const LONGEST_QUESTION = 1000;

export interface View {
  readonly root: HTMLElement;
  readonly launcher: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly close: HTMLButtonElement;
  readonly language: HTMLSelectElement;
  readonly log: HTMLElement;
  readonly status: HTMLElement;
  readonly alert: HTMLElement;
  readonly alertText: HTMLElement;
  readonly help: HTMLElement;
  readonly retry: HTMLButtonElement;
  readonly form: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly options: HTMLElement;
  readonly counter: HTMLElement;
  readonly send: HTMLButtonElement;
  readonly clear: HTMLButtonElement;
}

export function createView(labels: Labels, server: string): View {
  const launcher = element(
    "button",
    { type: "button", class: "primary launcher", part: "launcher", "aria-expanded": "false", "aria-haspopup": "dialog", "aria-controls": "panel" },
    icon("ask"),
    labels.launcher,
  );
  const close = element("button", { type: "button", class: "quiet", part: "close" }, icon("close"), labels.close);
  // Each by its own name and in its own language: whoever looks for it may read no other.
  const language = element("select", {}, ...LANGUAGES.map((tag) => element("option", { value: tag, ...spoken(tag) }, nameOf(tag))));
  language.value = labels.lang;
  const header = element(
    "div",
    { class: "header", part: "header" },
    element(
      "div",
      { class: "heading" },
      element("h2", { id: "title" }, labels.title),
      // Every visitor shall know at any moment that no person writes here.
      element("p", { id: "subtitle" }, labels.subtitle),
    ),
    close,
    element("label", { class: "language", part: "language" }, icon("globe"), labels.language, language),
  );
  const log = element("div", { class: "log", part: "log", role: "log", "aria-live": "polite", "aria-labelledby": "title", tabindex: "0" });

  const status = element("p", { class: "status", role: "status" });
  const alertText = element("p");
  const retry = element("button", { type: "button", class: "quiet", hidden: "" }, labels.retry);
  // What the site owner put into the tag helps without JavaScript, and when the desk is away.
  const help = element("div", { class: "help", hidden: "" }, element("slot"));
  const alert = element("div", { class: "alert", part: "alert", role: "alert" }, alertText, help, retry);

  const input = element("input", {
    id: "question",
    part: "input",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": "options",
    dir: "auto",
    maxlength: String(LONGEST_QUESTION),
    enterkeyhint: "send",
    autocomplete: "off",
    "aria-describedby": "counter",
  });
  const options = element("ul", { id: "options", class: "options", part: "options", role: "listbox", "aria-label": labels.suggestions });
  const counter = element("p", { id: "counter", class: "counter", "aria-live": "polite" });
  const send = element("button", { type: "submit", class: "primary", part: "send" }, labels.send);
  const form = element(
    "form",
    { class: "form", part: "form" },
    element("label", { for: "question" }, labels.question),
    element("div", { class: "row" }, input, options, send),
    counter,
  );

  const clear = element("button", { type: "button" }, labels.clear);
  const footer = element(
    "div",
    { class: "footer", part: "footer" },
    page(labels.privacy, `${server}/datenschutz`, labels),
    page(labels.accessibility, `${server}/barrierefreiheit`, labels),
    clear,
  );

  const panel = element(
    "div",
    { id: "panel", class: "panel", part: "panel", role: "dialog", "aria-labelledby": "title", "aria-describedby": "subtitle", hidden: "" },
    header,
    log,
    status,
    alert,
    form,
    footer,
  );
  const root = element("section", { ...spoken(labels.lang), class: "root", "aria-label": labels.title }, launcher, panel);
  return { root, launcher, panel, close, language, log, status, alert, alertText, help, retry, form, input, options, counter, send, clear };
}

function page(label: string, url: string, labels: Labels): HTMLElement {
  return element(
    "a",
    { href: url, target: "_blank", rel: "noopener" },
    label,
    element("span", { class: "unseen" }, ` ${labels.newWindow}`),
  );
}
