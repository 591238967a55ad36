// One Chromium for a test file, one fresh context for each test, and the citizen's verbs.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { readWords } from "../../web-widget/element/pack-words.mjs";
import { axeFindsNothing } from "./evidence.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The widget's words by language. */
export const WORDS = await readWords(new URL("../../web-widget/element/src/labels/", import.meta.url));

/** Matches one of its words in whichever language it speaks. */
function named(key) {
  const words = Object.values(WORDS).map((language) => language[key] ?? WORDS.de[key]);
  return new RegExp(`^(${words.join("|")})$`);
}

/** Other than a visitor's, the browser of a test keeps no page that was left, unless it `keepsPages`. */
export function startBrowser({ keepsPages = false } = {}) {
  if (!existsSync(CHROMIUM)) throw new Error(`no browser at ${CHROMIUM}: install the package chromium, or set CHROMIUM`);
  return chromium.launch({
    executablePath: CHROMIUM,
    ignoreDefaultArgs: keepsPages ? ["--disable-back-forward-cache"] : [],
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** The widget as a visitor finds it: by role and name, as assistive technology does. */
export function chat(page) {
  const host = page.locator("auskunft-chat");
  const panel = host.getByRole("dialog");
  const log = host.getByRole("log");
  return {
    page,
    host,
    panel,
    log,
    launcher: host.getByRole("button", { name: named("launcher") }),
    close: panel.getByRole("button", { name: named("close") }),
    input: panel.locator("#question"),
    alert: panel.getByRole("alert"),
    status: panel.getByRole("status"),
    retry: panel.getByRole("button", { name: named("retry") }),
    language: panel.getByRole("combobox", { name: named("language") }),
    suggestions: panel.getByRole("listbox"),
    clear: panel.getByRole("button", { name: named("clear") }),
    questions: log.locator(".visitor"),
    replies: log.locator(".desk"),
    async opens() {
      await this.launcher.click();
      await this.replies.first().waitFor();
    },
    /** Asks in writing and hands over the answer. */
    asks(question) {
      return this.answerTo(async () => {
        await this.input.fill(question);
        await this.input.press("Enter");
      });
    },
    /** Taps a button of the latest reply and hands over the answer. */
    taps(label) {
      return this.answerTo(() => this.replies.last().getByRole("button", { name: label, exact: true }).click());
    },
    async startsAnew() {
      await this.clear.click();
      await eventually(async () => (await this.questions.count()) === 0 && (await this.replies.count()) === 1, "only the greeting");
    },
    async answerTo(act) {
      const before = await this.replies.count();
      await act();
      const answer = this.replies.nth(before);
      await answer.waitFor();
      return answer;
    },
  };
}

/**
 * A page that fails its test by itself: on a script error, on anything the content security policy refused, and on a
 * request to a host that is neither the program nor one of `neighbours`.
 */
export async function withPage(browser, { origin }, options, scenario) {
  const { neighbours = [], ...context } = options;
  const visitor = await browser.newContext({ locale: "de-DE", reducedMotion: "reduce", ...context });
  const page = await visitor.newPage();
  const trouble = [];
  const requests = [];
  visitor.on("weberror", (error) => trouble.push(`script: ${error.error().message}`));
  visitor.on("console", (message) => {
    if (/Content Security Policy|Trusted|Refused/i.test(message.text())) trouble.push(`console: ${message.text()}`);
  });
  visitor.on("request", (request) => requests.push(request.url()));
  try {
    await scenario({ page, visitor, requests, origin, ui: chat(page) });
    assert.deepEqual(trouble, []);
    const known = [origin, ...neighbours];
    const strangers = requests.filter((url) => !url.startsWith("data:") && !known.includes(new URL(url).origin));
    assert.deepEqual(strangers, [], "a request to another host");
    assert.deepEqual(await visitor.cookies(), [], "a cookie");
  } finally {
    await visitor.close();
  }
}

/** A website of somebody else, on another origin. */
export class Town {
  #pages = new Map();
  #server = createServer((request, response) => {
    const page = this.#pages.get(new URL(request.url, "http://town").pathname);
    if (!page) return response.writeHead(404).end();
    const policy = page.policy ? { "content-security-policy": page.policy } : {};
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...policy });
    return response.end(page.body);
  });

  async start() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.2", resolve));
    this.origin = `http://127.0.0.2:${this.#server.address().port}`;
    return this;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** Two lines of the desk on a page of the town. */
  publish(path, desk, { lang = "de", policy, more = "" } = {}) {
    const body = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Town</title></head>
<body><main><h1>Town</h1>${more}</main><auskunft-chat><a href="/faq">FAQ</a></auskunft-chat><script src="${desk}/widget.js" defer></script></body></html>`;
    this.#pages.set(path, { body, policy });
    return this.origin + path;
  }
}

/** axe finds nothing in this state, which goes into the statement on accessibility. */
export const findsNothing = (page, seen) => axeFindsNothing(page, AXE, seen);

/** Waits until `probe` gives something true, and returns it. */
export async function eventually(probe, what, deadline = 5000) {
  const end = Date.now() + deadline;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What the browser keeps for a page. */
export function stored(page) {
  return page.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
  }));
}

export const NOTHING = { cookie: "", local: 0, session: [], databases: 0, caches: 0 };
