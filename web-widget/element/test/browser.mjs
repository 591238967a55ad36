// One Chromium for a whole test file, one fresh context for each test.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { MockDesk, Town, townPage } from "./mock-server.mjs";

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** The element as a visitor finds it. Everything is looked up by role and name, as assistive technology does. */
export function chat(page) {
  const host = page.locator("auskunft-chat");
  const panel = host.getByRole("dialog");
  const log = host.getByRole("log");
  return {
    host,
    panel,
    log,
    launcher: host.locator(".launcher"),
    close: panel.locator("[part=close]"),
    language: panel.locator("select"),
    input: panel.locator("#question"),
    send: panel.locator("button[type=submit]"),
    alert: panel.getByRole("alert"),
    status: panel.getByRole("status"),
    retry: panel.getByRole("button", { name: /Erneut versuchen|Try again|إعادة المحاولة/ }),
    clear: panel.getByRole("button", { name: /Gespräch löschen|Delete conversation|حذف المحادثة/ }),
    questions: log.locator(".visitor"),
    replies: log.locator(".desk"),
    async opens() {
      await this.launcher.click();
      await this.replies.first().waitFor();
    },
    async asks(text) {
      const before = await this.replies.count();
      await this.input.fill(text);
      await this.input.press("Enter");
      await this.replies.nth(before).waitFor();
    },
  };
}

/**
 * Gives a test a desk, a town and a page, and takes them away again. A script error, a
 * refusal by the CSP or an address nobody expected fails the test, whatever it looked at.
 */
export async function withPage(browser, options, scenario) {
  const desk = await new MockDesk().start();
  const town = await new Town().start();
  const context = await browser.newContext({ locale: "de-DE", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const trouble = [];
  const requests = [];
  page.on("pageerror", (error) => trouble.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted|Refused/i.test(message.text())) trouble.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => requests.push(request.url()));
  try {
    const visit = async (how = {}) => {
      const { csp, path = "/", ...rest } = how;
      await page.goto(town.publish(path, townPage(desk, rest), { csp }));
      return chat(page);
    };
    await scenario({ desk, town, page, context, requests, visit });
    assert.deepEqual(trouble, []);
    const strangers = requests.filter((url) => ![desk.origin, town.origin].includes(new URL(url).origin));
    assert.deepEqual(strangers, [], "a request to a third party");
  } finally {
    await context.close();
    await desk.stop();
    await town.stop();
  }
}

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
