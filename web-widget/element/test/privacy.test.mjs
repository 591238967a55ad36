import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chat, startBrowser, withPage } from "./browser.mjs";
import { townPage } from "./mock-server.mjs";
import * as replies from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const everythingStored = async (page, context) => ({
  cookies: (await context.cookies()).length,
  ...(await page.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    // Only on secure pages, which 127.0.0.2 is to Chromium.
    caches: "caches" in window ? (await caches.keys()).length : 0,
  }))),
});
const NOTHING = { cookies: 0, cookie: "", local: 0, session: 0, databases: 0, caches: 0 };

test("nothing_is_read_or_stored_before_opening", () =>
  withPage(browser, {}, async ({ page, context, desk, requests, visit }) => {
    await page.addInitScript(() => {
      window.touched = [];
      for (const name of ["getItem", "setItem", "removeItem", "key"]) {
        const original = Storage.prototype[name];
        Storage.prototype[name] = function (...values) {
          window.touched.push(name);
          return original.apply(this, values);
        };
      }
    });
    const ui = await visit();
    await ui.launcher.waitFor();
    assert.deepEqual(await page.evaluate(() => window.touched), []);
    assert.deepEqual(await everythingStored(page, context), NOTHING);
    // The page and the script, no more.
    assert.equal(requests.filter((url) => url.startsWith(desk.origin)).length, 1);
    assert.equal(desk.greetings.length, 0);

    await ui.opens();
    assert.deepEqual(await everythingStored(page, context), NOTHING);
  }));

test("a_conversation_stays_in_the_tab_and_no_cookie_is_ever_set", () =>
  withPage(browser, {}, async ({ page, context, town, desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    await ui.asks("Was kostet das?");
    assert.deepEqual(await everythingStored(page, context), { ...NOTHING, session: 1 });
    assert.ok(desk.headers.every((headers) => !headers.cookie));
    assert.ok(desk.headers.filter((headers) => headers["content-type"]).every((headers) => !headers.referer));

    const other = await context.newPage();
    await other.goto(`${town.origin}/`);
    await chat(other).opens();
    assert.equal(await chat(other).questions.count(), 0);
  }));

test("without_storage_the_conversation_lives_as_long_as_the_page", () =>
  withPage(browser, {}, async ({ page, visit }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "sessionStorage", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    });
    const ui = await visit();
    await ui.opens();
    await ui.asks("Hallo");
    await ui.clear.click();
    await ui.asks("noch einmal");
  }));

for (const [name, csp] of [
  ["the_strictest_csp_of_a_foreign_origin", (desk) => `default-src 'self'; script-src 'self' ${desk.origin}; connect-src 'self' ${desk.origin}; require-trusted-types-for 'script'; trusted-types 'none'`],
  ["a_csp_that_names_the_desk_and_nothing_else", (desk) => `default-src 'none'; script-src ${desk.origin}; connect-src ${desk.origin}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'`],
]) {
  test(`${name}_refuses_nothing`, () =>
    withPage(browser, {}, async ({ page, desk, visit }) => {
      await page.addInitScript(() => {
        window.violations = [];
        document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
      });
      const ui = await visit({ csp: csp(desk) });
      await ui.opens();
      for (const reply of Object.values(replies.everyBlock)) {
        desk.answers(reply);
        await ui.asks("Frage");
      }
      assert.deepEqual(await page.evaluate(() => window.violations), []);
      assert.equal(await ui.send.evaluate((button) => getComputedStyle(button).backgroundColor), "rgb(11, 90, 105)");
    }));
}

test("default_src_self_is_enough_where_the_desk_is_the_site", () =>
  withPage(browser, {}, async ({ page, town, desk }) => {
    const csp = "default-src 'self'; require-trusted-types-for 'script'";
    town.publish("/widget.js", await (await fetch(`${desk.origin}/widget.js`)).text(), { type: "application/javascript; charset=utf-8" });
    town.publish("/api/v1/greeting", JSON.stringify(replies.greeting), { type: "application/json" });
    town.publish("/api/v1/messages", JSON.stringify(replies.checklist), { type: "application/json" });
    await page.goto(town.publish("/", townPage({ origin: "" }), { csp }));
    const ui = chat(page);
    await ui.opens();
    await ui.asks("ummelden");
    assert.equal(await ui.replies.nth(1).locator(".checklist").isVisible(), true);
  }));
