// The pages of the desk as a whole: titles, ways from one to the other, large type.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, withPage } from "./browser.mjs";
import { proving } from "./evidence.mjs";
import { Program } from "./program.mjs";

let program;
let browser;
before(async () => {
  program = await Program.start();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

const PAGES = ["/chat", "/leistungen", "/leistungen/kfz-neuzulassung", "/leistungen/oeffnungszeiten", "/datenschutz", "/barrierefreiheit", "/das-gibt-es-nicht"];

const reader = (name, criteria, scenario, options = {}) =>
  test(name, proving(criteria, () => withPage(browser, program, { javaScriptEnabled: false, ...options }, scenario)));

reader("every_page_has_a_title_and_one_heading_of_its_own", ["2.4.2"], async ({ page }) => {
  const titles = new Set();
  const headings = new Set();
  for (const path of PAGES) {
    await page.goto(program.origin + path);
    titles.add(await page.title());
    const heading = page.getByRole("heading", { level: 1 });
    assert.equal(await heading.count(), 1, path);
    headings.add(await heading.innerText());
  }
  assert.equal(titles.size, PAGES.length, [...titles].join(", "));
  assert.equal(headings.size, PAGES.length, [...headings].join(", "));
});

reader("every_page_offers_the_same_ways_in_the_same_order", ["3.2.3", "3.2.6"], async ({ page }) => {
  const ways = async () => ({
    languages: await page.getByRole("navigation", { name: "Sprache" }).getByRole("link").allInnerTexts(),
    foot: await page.getByRole("contentinfo").getByRole("link").evaluateAll((links) => links.map((link) => `${link.innerText}: ${link.pathname}`)),
  });
  await page.goto(`${program.origin}/chat`);
  const first = await ways();
  // The desk itself is the help that every page offers.
  assert.ok(first.foot.some((way) => way.endsWith(": /chat")), first.foot.join(", "));
  for (const path of PAGES) {
    await page.goto(program.origin + path);
    const { foot, languages } = await ways();
    assert.deepEqual(foot, first.foot, path);
    // Not every page offers the languages.
    if (languages.length > 0) assert.deepEqual(languages, first.languages, path);
  }
});

reader("wider_spacing_and_larger_type_cut_nothing_off_on_any_page", ["1.4.4", "1.4.12"], async ({ page }) => {
  // WCAG 1.4.12, and type twice as large, on a window of a small notebook.
  const STYLE = "html { font-size: 200% } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";
  for (const path of PAGES) {
    await page.route(program.origin + path, async (route) => {
      const response = await route.fetch();
      const headers = Object.fromEntries(Object.entries(response.headers()).filter(([name]) => name !== "content-security-policy"));
      await route.fulfill({ response, headers, body: (await response.text()).replace("</head>", `<style>${STYLE}</style></head>`) });
    });
    await page.goto(program.origin + path);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px", path);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, path);
    const cut = await page.locator("button, h1, h2, h3, p, li, a, label, dt, dd").evaluateAll((nodes) =>
      nodes.filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== "inline").map((node) => `${node.localName}: ${node.textContent}`),
    );
    assert.deepEqual(cut, [], path);
  }
}, { viewport: { width: 1024, height: 768 } });
