// Replies as the desk sends them: every block type once, in the languages that matter here.

const SOURCE = {
  title: "Zulassungsstelle des Kreises Soest",
  as_of: "2026-01-01",
  revision: 3,
  checked_on: "2026-11-20",
  url: "https://www.kreis-soest.de/zulassung",
};

export function reply(blocks, more = {}) {
  return {
    kind: "answer",
    lang: "de",
    service: "kfz-umschreibung",
    facet: "documents",
    entry: null,
    confidence: 0.93,
    candidates: [],
    blocks,
    text: "Die ganze Antwort als Text.",
    source: null,
    suggestions: [],
    conversation: null,
    answer_id: "a-1",
    ...more,
  };
}

const say = (text, lang) => ({ type: "text", text, lang: lang ?? null });

export const greeting = reply(
  [
    say(
      "Guten Tag! Ich bin der **automatische Assistent** des Bürgerservice. Ich beantworte Fragen zu Unterlagen, Gebühren, Öffnungszeiten und Terminen.\n\nBitte schreiben Sie keine persönlichen Daten. Wie ich mit Ihren Fragen umgehe, steht in den [Hinweisen zum Datenschutz](/datenschutz).",
    ),
  ],
  {
    kind: "chitchat",
    service: null,
    facet: null,
    conversation: "c0",
    suggestions: [
      { label: "Was brauche ich zum Ummelden?", send: "Was brauche ich zum Ummelden?" },
      { label: "Hat heute noch jemand geöffnet?", send: "Hat heute noch jemand geöffnet?" },
      { label: "Was kostet ein Führerschein?", send: "Was kostet ein Führerschein?" },
      { label: "Termin buchen", send: "Ich möchte einen Termin" },
    ],
  },
);

/** What somebody may be about to ask. */
export const suggestions = [
  { label: "Was brauche ich, um mein Auto umzumelden?", send: "Was brauche ich, um mein Auto umzumelden?" },
  { label: "Wo melde ich meinen Wohnsitz um?", send: "wohnsitz-ummeldung.location" },
  { label: "Was kostet das Ummelden?", send: "Was kostet das Ummelden?" },
];

export const text = reply([
  say(
    "Ein Fahrzeug melden Sie bei der **Zulassungsstelle** um.\nDas dauert etwa 20 Minuten.\n\nSo geht es:\n\n1. Termin buchen\n\n2. Unterlagen mitbringen\n3. Gebühr bezahlen\n\nSie können zahlen mit\n- Girocard\n- Bargeld\n\nMehr steht auf der [Seite der Zulassungsstelle](https://www.kreis-soest.de/zulassung). Das hier ist [keine Adresse](javascript:alert) und <b>kein Markup</b>.",
  ),
], { source: SOURCE });

export const checklist = reply(
  [
    say("Für die Umschreibung Ihres Autos bringen Sie bitte mit:"),
    {
      type: "checklist",
      title: "Unterlagen für die Umschreibung",
      items: [
        { text: "**Personalausweis** oder Reisepass", when: null, note: "Beim Reisepass auch eine Meldebescheinigung.", why: null },
        { text: "Zulassungsbescheinigung Teil I und Teil II", when: null, note: null, why: null },
        { text: "Schriftliche Vollmacht", when: "Wenn jemand anderes für Sie kommt", note: null, why: null },
        { text: "eVB-Nummer Ihrer Versicherung", when: null, note: "Sieben Zeichen, Ihre Versicherung schickt sie Ihnen.", why: null },
        { text: "Ausweis der Person, die kommt", when: "Wenn jemand anderes für Sie kommt", note: null, why: "Sie holt die Papiere für Sie ab." },
        { text: "Handelsregisterauszug", when: "Wenn das Auto auf eine Firma zugelassen wird", note: null, why: null },
      ],
    },
  ],
  { source: SOURCE, suggestions: [{ label: "Was kostet das?", send: "kosten kfz-umschreibung" }, { label: "Termin buchen", send: "termin kfz" }], conversation: "c1" },
);

const HOURS = { type: "hours", office: "buergerservice", office_name: "Bürgerservice im Kreishaus", date: null, date_label: null, open: null, opens: null, closes: null, periods: [], reason: null, next_opening: null, next_opening_label: null, time_zone: "Europe/Berlin", week: [], exceptions: [] };

export const closedDay = reply([
  say("Am Donnerstag, 24. Dezember 2026, ist geschlossen."),
  { ...HOURS, date: "2026-12-24", date_label: "Donnerstag, 24. Dezember 2026", open: false, reason: "Heiligabend", next_opening: "2026-12-28T08:00:00+01:00" },
], { facet: "hours", source: SOURCE });

export const openDay = reply([
  { ...HOURS, date: "2026-11-25", open: true, opens: "08:00", closes: "17:00", periods: [{ opens: "08:00", closes: "12:30" }, { opens: "13:30", closes: "17:00" }] },
], { facet: "hours" });

export const openToday = reply([{ ...openDay.blocks[0], next_opening: "2026-11-26T08:00:00+01:00" }], { facet: "hours" });

export const closedThen = reply([{ ...openDay.blocks[0], open: false }], { facet: "hours" });

const WEEK = [
  { days: "Montag bis Mittwoch", weekdays: [1, 2, 3], periods: [{ opens: "08:00", closes: "16:00" }] },
  { days: "Donnerstag", weekdays: [4], periods: [{ opens: "08:00", closes: "12:30" }, { opens: "13:30", closes: "17:30" }] },
  { days: "Freitag", weekdays: [5], periods: [{ opens: "08:00", closes: "12:00" }] },
  { days: "Samstag und Sonntag", weekdays: [6, 7], periods: [] },
];

export const week = reply([
  {
    ...HOURS,
    next_opening: "2026-12-28T08:00:00+01:00",
    week: WEEK,
    exceptions: [
      { date: "2026-12-24", date_label: "Donnerstag, 24. Dezember 2026", reason: "Heiligabend", periods: [] },
      { date: "2026-12-29", date_label: null, reason: null, periods: [{ opens: "08:00", closes: "12:00" }] },
    ],
  },
], { facet: "hours", source: SOURCE });

/** As desks sent it that did not name the weekdays. */
export const olderWeek = reply([
  { ...HOURS, time_zone: undefined, exceptions: undefined, next_opening: "2026-11-23T08:00:00+01:00", week: WEEK.map(({ days, periods }) => ({ days, periods })) },
], { facet: "hours" });

export const appointment = reply([
  say("Einen Termin buchen Sie online, auch abends und am Wochenende."),
  { type: "appointment", service: "kfz-umschreibung", office: "buergerservice", label: "Termin online buchen", url: "https://termin.example.org/kfz", note: "Sie brauchen kein Benutzerkonto.", slots: [], as_of: null },
], { facet: "appointment", source: SOURCE });

export const freeSlots = reply([
  {
    ...appointment.blocks[1],
    office_name: "Zulassungsstelle Soest",
    slots: ["2026-12-02T08:20:00+01:00", "2026-12-02T08:40:00+01:00", "2026-12-03T14:00:00+01:00"],
    as_of: "2026-11-28T10:32:00+01:00",
  },
], { facet: "appointment" });

export const contact = reply([
  {
    type: "contact",
    office: "buergerservice",
    name: "Bürgerservice des Kreises Soest",
    address: "Hoher Weg 1–3\n59494 Soest",
    phones: [{ label: "Bürgertelefon", number: "02921 30-2222", uri: "tel:+492921302222" }, { label: null, number: "115", uri: "tel:115" }],
    email: "buergerservice@kreis-soest.de",
    website: "https://www.kreis-soest.de/buergerservice",
    map: "https://www.openstreetmap.org/?mlat=51.57&mlon=8.11",
    note: "Zum Bürgertelefon erreichen Sie uns montags bis freitags.",
  },
], { facet: "contact", kind: "handoff" });

export const choices = reply([
  {
    type: "choices",
    prompt: "Was meinen Sie genau?",
    choices: [
      { label: "Auto ummelden", send: "kfz-umschreibung" },
      { label: "Neues Auto anmelden", send: "kfz-neuzulassung" },
      { label: "Wohnsitz ummelden", send: "wohnsitz-ummelden" },
    ],
  },
], { kind: "clarify", service: null, facet: null, conversation: "c-clarify", candidates: ["kfz-umschreibung", "kfz-neuzulassung", "wohnsitz-ummelden"] });

export const notices = reply([
  { type: "notice", severity: "info", text: "Am 3. Dezember ist der Bürgerservice wegen einer **Personalversammlung** geschlossen.", valid_until: "2026-12-03T23:59:00+01:00" },
  { type: "notice", severity: "warning", text: "Die Kartenzahlung ist heute gestört. Bitte bringen Sie Bargeld mit.", valid_until: null },
  { type: "notice", severity: "critical", text: "Das Kreishaus ist wegen Hochwassers geschlossen.", valid_until: null },
  say("Hier die gewohnte Antwort."),
]);

export const link = reply([{ type: "link", label: "Leistungen von A bis Z", url: "https://www.kreis-soest.de/a-z" }]);

export const emergency = reply([say("Wählen Sie bei Gefahr sofort den Notruf **112**.")], { kind: "emergency" });

export const arabic = reply(
  [
    say("KFZ: لتسجيل السيارة تحتاج إلى **موعد** وبطاقة هوية."),
    { ...HOURS, lang: "de", date: "2026-11-25", date_label: "Mittwoch, 25. November 2026", open: true, periods: [{ opens: "08:00", closes: "12:30" }] },
  ],
  { lang: "ar", suggestions: [{ label: "كم التكلفة؟", send: "kosten" }] },
);

/** A reader of English gets German texts, each marked as such. */
export const englishReader = reply(
  [
    say("This information is available in German only."),
    { type: "checklist", title: "Transfer car ownership", lang: "de", items: [{ text: "Personalausweis", when: null, note: null, why: null }, { text: "Vollmacht", when: "wenn jemand anderes kommt", note: null, why: null }] },
    { type: "appointment", service: null, office: null, label: "Book an appointment online", url: "https://termin.example.org", note: "Sie brauchen kein Benutzerkonto.", note_lang: "de", slots: [], as_of: null },
    { type: "contact", office: null, name: "Citizens' service", address: null, phones: [], email: null, website: null, note: "Im Foyer", note_lang: "de" },
  ],
  { lang: "en" },
);

export const simple = reply([say("Sie wollen Ihr Auto anmelden.\nDann brauchen Sie einen Termin.")], { lang: "de-simple" });

/** A block from a desk newer than the element. */
export const fromTheFuture = reply(
  [{ type: "hologram", text: "…" }, { type: "choices", prompt: null, choices: [{ label: "Weiter", send: "weiter" }] }],
  { text: "Alles Wichtige steht auch hier." },
);

export const everyBlock = { greeting, text, checklist, closedDay, openDay, openToday, week, appointment, freeSlots, contact, choices, notices, link, emergency, arabic, englishReader, simple };
