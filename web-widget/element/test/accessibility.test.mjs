// Everybody can use it: axe in every state and look, and what axe cannot see measured one by one.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { axeFindsNothing, proving } from "../../../tests/browser/evidence.mjs";
import { startBrowser, withPage } from "./browser.mjs";
import * as replies from "./replies.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** `closedDay` is `closed day`. */
const inWords = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced_colours: { colorScheme: "light", forcedColors: "active" },
  light_from_right_to_left: { colorScheme: "light", lang: "ar" },
  dark_from_right_to_left: { colorScheme: "dark", lang: "ar" },
};
for (const [name, { lang, ...look }] of Object.entries(LOOKS)) {
  // So large that nothing is scrolled away: axe cannot judge the contrast of what is cut off.
  const more = "<style>auskunft-chat { --auskunft-height: 200em }</style>";
  test(`axe_finds_nothing_in_any_state_in_${name}`, () =>
    withPage(browser, { ...look, viewport: { width: 600, height: 2400 } }, async ({ page, context, desk, visit }) => {
      const finds = (state) => axeFindsNothing(page, axe, { part: "widget", state, language: lang });
      const ui = await visit({ more, lang });
      await ui.launcher.waitFor();
      await finds("closed");
      await ui.opens();
      await finds("open");
      desk.suggestions = replies.suggestions;
      await ui.input.pressSequentially("ummel");
      await ui.panel.getByRole("listbox").waitFor();
      await ui.input.press("ArrowDown");
      await finds("suggestions while typing");
      await ui.input.press("Escape");
      for (const [block, reply] of Object.entries(replies.everyBlock)) {
        await ui.clear.click();
        await ui.replies.first().waitFor();
        desk.answers(reply);
        await ui.asks("Was brauche ich?");
        await finds(inWords(block));
      }
      desk.answers(replies.text);
      await ui.asks("Was kostet das?");
      await ui.replies.last().getByRole("button", { name: "Nein" }).click();
      await ui.replies.last().getByRole("button", { name: "Unvollständig" }).click();
      await finds("a verdict with its reason");
      await ui.clear.click();
      await ui.replies.first().waitFor();
      desk.answers(replies.choices);
      await ui.asks("ummelden");
      await ui.log.getByRole("button", { name: "Neues Auto anmelden" }).click();
      await ui.replies.nth(2).waitFor();
      desk.fails(500);
      await ui.input.fill("x".repeat(900));
      await ui.input.press("Enter");
      await ui.retry.waitFor();
      await finds("settled choices, a failure, a long text");
      await context.setOffline(true);
      await ui.retry.click();
      await ui.retry.waitFor();
      await finds("offline");
    }));
}

for (const [theme, colorScheme] of [["light", "light"], ["dark", "dark"]]) {
  // Every pair of colours that the style sheets put upon each other, whether a state above shows it or not.
  test(`text_has_4.5_to_1_and_controls_have_3_to_1_in_${theme}`, proving(["1.4.3", "1.4.11"], () =>
    withPage(browser, { colorScheme }, async ({ visit }) => {
      const ui = await visit();
      await ui.opens();
      const contrast = (above, below) =>
        ui.host.evaluate((host, names) => {
          const painter = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
          const [upper, lower] = names.map((name) => {
            const probe = host.shadowRoot.firstElementChild.appendChild(document.createElement("i"));
            probe.setAttribute("part", "probe");
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`[part=probe] { color: ${name} }`);
            host.shadowRoot.adoptedStyleSheets.push(sheet);
            painter.fillStyle = getComputedStyle(probe).color;
            painter.fillRect(0, 0, 1, 1);
            host.shadowRoot.adoptedStyleSheets.pop();
            probe.remove();
            const linear = [...painter.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
          });
          return (Math.max(upper, lower) + 0.05) / (Math.min(upper, lower) + 0.05);
        }, [above, below]);
      const tinted = (tone) => `color-mix(in srgb, var(--_${tone}) 7%, var(--_surface))`;
      const texts = [
        ...["text", "muted", "accent", "good", "warning", "critical"].map((name) => [`var(--_${name})`, "var(--_surface)"]),
        ...["text", "muted", "accent"].map((name) => [`var(--_${name})`, "var(--_soft)"]),
        ...["accent", "warning", "critical"].flatMap((tone) => [[`var(--_${tone})`, tinted(tone)], ["var(--_text)", tinted(tone)], ["var(--_muted)", tinted(tone)]]),
        ["var(--_on-accent)", "var(--_accent)"],
      ];
      for (const [above, below] of texts) assert.ok((await contrast(above, below)) >= 4.5, `${above} on ${below}: ${await contrast(above, below)}`);
      for (const name of ["control", "accent"]) assert.ok((await contrast(`var(--_${name})`, "var(--_surface)")) >= 3, name);
      // The measure itself can fail.
      assert.ok((await contrast("var(--_border)", "var(--_surface)")) < 3);
    })));
}

test("a_screen_reader_finds_a_dialog_a_log_and_named_controls", proving(["1.3.1", "4.1.2"], () =>
  withPage(browser, {}, async ({ desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    desk.answers({ ...replies.checklist, suggestions: [] });
    await ui.asks("ummelden");
    const tree = await ui.panel.ariaSnapshot();
    for (const line of [
      '- dialog "Auskunft":',
      '- heading "Auskunft" [level=2]',
      '- button "Schließen"',
      '- combobox "Sprache":',
      '- log "Auskunft":',
      '- heading "In jedem Fall" [level=3]',
      '- checkbox "Personalausweis oder Reisepass"',
      '- button "Kopieren"',
      '- group "Hat das geholfen?":',
      '- button "Nein"',
      '- combobox "Ihre Frage"',
      '- button "Senden"',
      '- link "Datenschutz (neues Fenster)":',
    ]) {
      assert.ok(tree.includes(line), `${line} in\n${tree}`);
    }
  })));

test("theme_attribute_wins_over_the_device", () =>
  withPage(browser, { colorScheme: "dark" }, async ({ page, visit }) => {
    const ui = await visit({ attributes: 'theme="light"' });
    await ui.opens();
    const surface = () => ui.panel.evaluate((panel) => getComputedStyle(panel).backgroundColor);
    assert.equal(await surface(), "rgb(255, 255, 255)");
    await page.evaluate(() => document.querySelector("auskunft-chat").setAttribute("theme", "auto"));
    assert.equal(await surface(), "rgb(21, 29, 32)");
    await page.emulateMedia({ colorScheme: "light" });
    assert.equal(await surface(), "rgb(255, 255, 255)");
    await page.evaluate(() => document.querySelector("auskunft-chat").setAttribute("theme", "dark"));
    assert.equal(await surface(), "rgb(21, 29, 32)");
  }));

test("custom_properties_and_parts_reach_inside", () =>
  withPage(browser, {}, async ({ visit }) => {
    const more = "<style>auskunft-chat { --auskunft-accent: rgb(120, 0, 60); } auskunft-chat::part(launcher) { letter-spacing: 1px; }</style>";
    const ui = await visit({ more });
    const style = await ui.launcher.evaluate((node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).letterSpacing]);
    assert.deepEqual(style, ["rgb(120, 0, 60)", "1px"]);
  }));

test("the_position_is_the_site_owners_choice", () =>
  withPage(browser, {}, async ({ visit }) => {
    const ui = await visit({ attributes: 'position="left"' });
    assert.ok((await ui.launcher.boundingBox()).x < 40);
    await ui.opens();
    assert.ok((await ui.panel.boundingBox()).x < 40);
  }));

// 320 × 256 is a window of 1280 × 1024 at 400 % zoom.
for (const viewport of [{ width: 320, height: 256 }, { width: 320, height: 640 }, { width: 700, height: 320 }]) {
  test(`everything_can_be_read_and_reached_at_${viewport.width}_by_${viewport.height}`, proving(viewport.width === 320 ? ["1.4.10"] : [], () =>
    withPage(browser, { viewport }, async ({ page, desk, visit }) => {
      const ui = await visit();
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(await wide(), false);
      await ui.opens();
      for (const reply of Object.values(replies.everyBlock)) {
        desk.answers(reply);
        await ui.asks("Frage");
        const tooWide = await ui.panel.evaluate((panel) =>
          [panel, ...panel.querySelectorAll("*:not(.unseen, svg, svg *)")]
            .filter((node) => node.getClientRects().length && node.getBoundingClientRect().right > innerWidth + 0.5)
            .map((node) => node.className || node.localName),
        );
        assert.deepEqual(tooWide, []);
      }
      assert.equal(await wide(), false);
      // A long answer begins at its question, not somewhere inside.
      desk.answers(replies.checklist);
      await ui.asks("ummelden");
      const question = await ui.questions.last().boundingBox();
      assert.ok(question.y >= 0 && question.y + question.height <= viewport.height, JSON.stringify(question));
      await ui.input.scrollIntoViewIfNeeded();
      const input = await ui.input.boundingBox();
      assert.ok(input.y >= 0 && input.y + input.height <= viewport.height, JSON.stringify(input));
      // The way out is in sight wherever one has scrolled to.
      const close = await ui.close.boundingBox();
      assert.ok(close.y >= 0 && close.y + close.height <= viewport.height, JSON.stringify(close));
    })));
}

test("targets_are_large_enough_for_a_thumb", proving(["2.5.8"], () =>
  withPage(browser, {}, async ({ desk, visit }) => {
    const ui = await visit();
    assert.ok((await ui.launcher.boundingBox()).height >= 44);
    await ui.opens();
    desk.answers(replies.choices);
    await ui.asks("ummelden");
    desk.answers(replies.checklist);
    await ui.asks("Liste");
    const sizes = await ui.panel.locator("button:visible, .primary:visible").evaluateAll((nodes) =>
      nodes.map((node) => [node.textContent, node.getBoundingClientRect().height, node.closest(".footer") ? 24 : 40]),
    );
    for (const [label, height, least] of sizes) assert.ok(height >= least, `${label} is ${height} px high`);
    desk.suggestions = replies.suggestions;
    await ui.input.pressSequentially("ummel");
    await ui.panel.getByRole("listbox").waitFor();
    const small = await ui.panel.locator("select, [type=checkbox], [role=option], .footer > *").evaluateAll((nodes) =>
      nodes.map((node) => [node.localName, node.getBoundingClientRect()]).filter(([, { width, height }]) => width < 24 || height < 24),
    );
    assert.deepEqual(small, []);
  })));

test("wider_spacing_and_larger_type_cut_nothing_off", proving(["1.4.4", "1.4.12"], () =>
  withPage(browser, { viewport: { width: 360, height: 700 } }, async ({ page, desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    desk.answers(replies.checklist);
    await ui.asks("Liste");
    await ui.replies.nth(1).getByRole("button", { name: "Nein" }).click();
    desk.suggestions = replies.suggestions;
    await ui.input.pressSequentially("ummel");
    await ui.panel.getByRole("listbox").waitFor();
    // WCAG 1.4.12, and type twice as large.
    await ui.host.evaluate((host) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important } .root { font-size: 200% }");
      host.shadowRoot.adoptedStyleSheets.push(sheet);
    });
    const cut = await ui.panel.evaluate((panel) =>
      [...panel.querySelectorAll("button, h2, h3, h4, p, li, a, label")]
        .filter((node) => node.getClientRects().length && (node.scrollWidth > node.clientWidth + 1) && getComputedStyle(node).display !== "inline")
        .map((node) => `${node.className || node.localName}: ${node.textContent}`),
    );
    assert.deepEqual(cut, []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  })));

test("forced_colours_keep_every_control_visible", () =>
  withPage(browser, { forcedColors: "active" }, async ({ desk, visit }) => {
    const ui = await visit();
    const border = (locator) => locator.evaluate((node) => [getComputedStyle(node).borderTopStyle, getComputedStyle(node).borderTopWidth !== "0px"]);
    assert.deepEqual(await border(ui.launcher), ["solid", true]);
    await ui.opens();
    desk.answers(replies.choices);
    await ui.asks("ummelden");
    for (const control of [ui.panel, ui.send, ui.input, ui.questions.first(), ui.log.locator(".choice:visible").last()]) {
      assert.deepEqual(await border(control), ["solid", true]);
    }
  }));

test("forced_colours_reach_every_icon", () =>
  withPage(browser, { forcedColors: "active" }, async ({ desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    for (const reply of [replies.notices, replies.openToday, replies.text]) {
      desk.answers(reply);
      await ui.asks("Frage");
    }
    await ui.replies.last().getByRole("button", { name: "Nein" }).click();
    const odd = await ui.panel.locator(".icon:visible").evaluateAll((icons) =>
      icons.filter((icon) => getComputedStyle(icon).stroke !== getComputedStyle(icon.parentElement).color).map(({ parentElement }) => parentElement.textContent),
    );
    assert.deepEqual(odd, []);
  }));

test("motion_is_for_those_who_like_it", proving(["2.3.3"], () =>
  withPage(browser, { reducedMotion: "reduce" }, async ({ page, visit }) => {
    const ui = await visit();
    await ui.opens();
    const motion = () => ui.panel.evaluate((panel) => [getComputedStyle(panel).animationName, getComputedStyle(panel.querySelector(".log")).scrollBehavior]);
    assert.deepEqual(await motion(), ["none", "auto"]);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    assert.deepEqual(await motion(), ["arrive", "smooth"]);
  })));
