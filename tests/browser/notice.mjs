// A notice for one service that is valid while this runs, so that answers exist with and without it.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const DAY_MS = 24 * 60 * 60 * 1000;

const TEXTS = {
  de: "**Die Reservierung ist gestört.** Bitte rufen Sie an: 02921 30-0.",
  "de-simple": "**Sie können gerade nichts reservieren.** Bitte rufen Sie an: 02921 30-0.",
  en: "**Reservations are out of order.** Please call 02921 30-0.",
  fr: "**La réservation est en panne.** Appelez le 02921 30-0.",
  tr: "**Rezervasyon şu anda çalışmıyor.** Lütfen arayın: 02921 30-0.",
  pl: "**Rezerwacja nie działa.** Prosimy zadzwonić: 02921 30-0.",
  ru: "**Бронирование не работает.** Пожалуйста, позвоните: 02921 30-0.",
  uk: "**Бронювання не працює.** Будь ласка, зателефонуйте: 02921 30-0.",
  ar: "**الحجز معطل الآن.** من فضلك اتصل بالرقم 02921 30-0.",
};

/** Puts the notice into a copy of the configuration. */
export async function announce(config) {
  const around = (days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, "2026-11-28T12:00".length);
  const texts = Object.entries(TEXTS).map(([language, text]) => `text.${language} = ${JSON.stringify(text)}`);
  const notice = `id = "browser-test"
severity = "warning"
valid_from = "${around(-2)}"
valid_until = "${around(2)}"
scope = { everything = false, offices = [], services = ["wunschkennzeichen"] }
${texts.join("\n")}
`;
  await writeFile(join(config, "notices/browser-test.toml"), notice);
}
