// What the desk sends, parsed at the door.
//
// Everything behind this file may trust these types, whether a reply came over the
// network, from a newer server, or out of the tab's storage.

export interface Reply {
  readonly kind: string;
  readonly lang: string;
  readonly service: string | null;
  readonly facet: string | null;
  readonly blocks: readonly Block[];
  readonly source: Source | null;
  readonly suggestions: readonly Choice[];
  readonly conversation: string | null;
  readonly answer_id: string | null;
}

export interface Source {
  readonly title: string;
  readonly as_of: string | null;
  readonly revision: number | null;
  readonly checked_on: string | null;
  readonly url: string | null;
}

export interface Choice {
  readonly label: string;
  readonly send: string;
}

export interface Period {
  readonly opens: string;
  readonly closes: string;
}

export interface ChecklistItem {
  readonly text: string;
  readonly when: string | null;
  readonly note: string | null;
  readonly why: string | null;
}

/** Where a list is to be taken; `text` says the same for the clipboard. */
export interface Places {
  readonly label: string;
  readonly text: string | null;
  readonly blocks: readonly Block[];
}

/** A remark of the office; `lang` is set where it is not in the reply's language. */
export interface Note {
  readonly text: string;
  readonly lang: string | null;
}

interface Shapes {
  text: { text: string };
  checklist: { title: string | null; items: ChecklistItem[]; places: Places | null };
  hours: {
    office_name: string | null;
    date: string | null;
    date_label: string | null;
    open: boolean | null;
    periods: Period[];
    reason: string | null;
    next_opening: string | null;
    time_zone: string | null;
    /** `weekdays` 1 to 7 from Monday; without them nobody can tell which row is today's. */
    week: { days: string; weekdays: number[]; periods: Period[] }[];
    exceptions: { date: string; date_label: string | null; reason: string | null; periods: Period[] }[];
  };
  appointment: { office_name: string | null; label: string; url: string | null; note: Note | null; slots: string[]; as_of: string | null };
  contact: {
    name: string;
    address: string | null;
    phones: { label: string | null; label_lang: string | null; number: string; uri: string | null }[];
    email: string | null;
    website: string | null;
    map: string | null;
    note: Note | null;
  };
  choices: { prompt: string | null; choices: Choice[] };
  notice: { severity: "info" | "warning" | "critical"; text: string; valid_until: string | null };
  link: { label: string; url: string };
}

export type BlockType = keyof Shapes;

/** `lang` is set where the text is not in the reply's language. */
export type BlockOf<T extends BlockType> = { readonly type: T; readonly lang: string | null } & Readonly<Shapes[T]>;
export type Block = { [T in BlockType]: BlockOf<T> }[BlockType];

/** `null`: this is not a reply. */
export function parseReply(value: unknown): Reply | null {
  if (!isRecord(value)) return null;
  const sent = list(value["blocks"], (block) => block);
  const known = list(sent, parseBlock);
  const plain = text(value["text"]);
  let blocks = known;
  if (known.length < sent.length && plain) {
    // A block this version cannot draw. The plain text holds everything the reply
    // says, so it replaces the rest; only what can be tapped is kept beside it.
    blocks = [{ type: "text", lang: null, text: plain }, ...known.filter((block) => block.type === "choices")];
  } else if (known.length === 0) {
    if (!plain) return null;
    blocks = [{ type: "text", lang: null, text: plain }];
  }
  return {
    ...anyTexts(value, "service", "facet", "conversation", "answer_id"),
    kind: text(value["kind"]) ?? "answer",
    lang: text(value["lang"]) ?? "de",
    blocks,
    source: parseSource(value["source"]),
    suggestions: list(value["suggestions"], parseChoice),
  };
}

function parseBlock(value: unknown): Block | null {
  if (!isRecord(value)) return null;
  const lang = text(value["lang"]);
  const { type, severity } = value;
  switch (type) {
    case "text": {
      const named = texts(value, "text");
      return named && { type, lang, ...named };
    }
    case "checklist": {
      const items = list(value["items"], (item) => texts(item, "text", "when", "note", "why"));
      return items.length ? { type, lang, title: text(value["title"]), items, places: parsePlaces(value["places"]) } : null;
    }
    case "hours":
      return {
        type,
        lang,
        ...anyTexts(value, "office_name", "date", "date_label", "reason", "next_opening", "time_zone"),
        open: typeof value["open"] === "boolean" ? value["open"] : null,
        periods: list(value["periods"], parsePeriod),
        week: list(value["week"], parseDays),
        exceptions: list(value["exceptions"], parseException),
      };
    case "appointment": {
      const named = texts(value, "label", "url", "as_of", "office_name");
      return named && { type, lang, ...named, slots: list(value["slots"], text), note: parseNote(value) };
    }
    case "contact": {
      const named = texts(value, "name", "address", "email", "website", "map");
      const phones = list(value["phones"], (phone) => texts(phone, "number", "label", "label_lang", "uri"));
      return named && { type, lang, ...named, phones, note: parseNote(value) };
    }
    case "choices": {
      const choices = list(value["choices"], parseChoice);
      return choices.length ? { type, lang, prompt: text(value["prompt"]), choices } : null;
    }
    case "notice": {
      const named = texts(value, "text", "valid_until");
      return named && { type, lang, ...named, severity: severity === "warning" || severity === "critical" ? severity : "info" };
    }
    case "link": {
      const named = texts(value, "label", "url");
      return named?.url ? { type, lang, label: named.label, url: named.url } : null;
    }
    default:
      return null;
  }
}

function parseSource(value: unknown): Source | null {
  const named = texts(value, "title", "as_of", "checked_on", "url");
  const revision = isRecord(value) && typeof value["revision"] === "number" ? value["revision"] : null;
  return named && { ...named, revision };
}

function parsePlaces(value: unknown): Places | null {
  const named = texts(value, "label", "text");
  return isRecord(value) && named ? { ...named, blocks: list(value["blocks"], parseBlock) } : null;
}

function parseNote(block: Record<string, unknown>): Note | null {
  const body = text(block["note"]);
  return body ? { text: body, lang: text(block["note_lang"]) } : null;
}

export function parseChoice(value: unknown): Choice | null {
  const named = texts(value, "label", "send");
  return named && { label: named.label, send: named.send ?? named.label };
}

function parsePeriod(value: unknown): Period | null {
  const named = texts(value, "opens", "closes");
  return named?.closes ? { opens: named.opens, closes: named.closes } : null;
}

function parseDays(value: unknown): BlockOf<"hours">["week"][number] | null {
  const named = texts(value, "days");
  if (!isRecord(value) || !named) return null;
  const weekdays = list(value["weekdays"], (day) => (typeof day === "number" ? day : null));
  return { ...named, weekdays, periods: list(value["periods"], parsePeriod) };
}

function parseException(value: unknown): BlockOf<"hours">["exceptions"][number] | null {
  const named = texts(value, "date", "date_label", "reason");
  return isRecord(value) && named ? { ...named, periods: list(value["periods"], parsePeriod) } : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Empty text is no text. */
export function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

type Texts<Name extends string> = { [N in Name]: string | null };

/** The named texts of an object; `null` where it lacks the first of them. */
function texts<Needed extends string, More extends string>(value: unknown, needed: Needed, ...more: More[]) {
  if (!isRecord(value) || !text(value[needed])) return null;
  return anyTexts<string>(value, needed, ...more) as { [N in Needed]: string } & Texts<Exclude<More, Needed>>;
}

function anyTexts<Name extends string>(value: Record<string, unknown>, ...names: Name[]) {
  return Object.fromEntries(names.map((name) => [name, text(value[name])])) as Texts<Name>;
}

/** The elements that can be read; the others are left out. */
export function list<T>(value: unknown, parse: (element: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.map(parse).filter((element): element is T & {} => element !== null);
}
