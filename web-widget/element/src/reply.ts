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

/** A remark of the office; `lang` is set where it is not in the reply's language. */
export interface Note {
  readonly text: string;
  readonly lang: string | null;
}

interface Shapes {
  text: { text: string };
  checklist: { title: string | null; items: ChecklistItem[] };
  hours: {
    office_name: string | null;
    date: string | null;
    date_label: string | null;
    open: boolean | null;
    periods: Period[];
    reason: string | null;
    next_opening: string | null;
    week: { days: string; periods: Period[] }[];
  };
  appointment: { label: string; url: string | null; note: Note | null };
  contact: {
    name: string;
    address: string | null;
    phones: { label: string | null; number: string; uri: string | null }[];
    email: string | null;
    website: string | null;
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
    kind: text(value["kind"]) ?? "answer",
    lang: text(value["lang"]) ?? "de",
    service: text(value["service"]),
    facet: text(value["facet"]),
    blocks,
    source: parseSource(value["source"]),
    suggestions: list(value["suggestions"], parseChoice),
    conversation: text(value["conversation"]),
    answer_id: text(value["answer_id"]),
  };
}

function parseBlock(value: unknown): Block | null {
  if (!isRecord(value)) return null;
  const lang = text(value["lang"]);
  const label = text(value["label"]);
  const body = text(value["text"]);
  switch (value["type"]) {
    case "text":
      return body ? { type: "text", lang, text: body } : null;
    case "checklist": {
      const items = list(value["items"], parseItem);
      return items.length ? { type: "checklist", lang, title: text(value["title"]), items } : null;
    }
    case "hours":
      return {
        type: "hours",
        lang,
        office_name: text(value["office_name"]),
        date: text(value["date"]),
        date_label: text(value["date_label"]),
        open: typeof value["open"] === "boolean" ? value["open"] : null,
        periods: list(value["periods"], parsePeriod),
        reason: text(value["reason"]),
        next_opening: text(value["next_opening"]),
        week: list(value["week"], parseDays),
      };
    case "appointment":
      return label ? { type: "appointment", lang, label, url: text(value["url"]), note: parseNote(value) } : null;
    case "contact": {
      const name = text(value["name"]);
      if (!name) return null;
      return {
        type: "contact",
        lang,
        name,
        address: text(value["address"]),
        phones: list(value["phones"], parsePhone),
        email: text(value["email"]),
        website: text(value["website"]),
        note: parseNote(value),
      };
    }
    case "choices": {
      const choices = list(value["choices"], parseChoice);
      return choices.length ? { type: "choices", lang, prompt: text(value["prompt"]), choices } : null;
    }
    case "notice": {
      const { severity } = value;
      const known = severity === "warning" || severity === "critical" ? severity : "info";
      return body ? { type: "notice", lang, severity: known, text: body, valid_until: text(value["valid_until"]) } : null;
    }
    case "link": {
      const url = text(value["url"]);
      return label && url ? { type: "link", lang, label, url } : null;
    }
    default:
      return null;
  }
}

function parseSource(value: unknown): Source | null {
  if (!isRecord(value)) return null;
  const title = text(value["title"]);
  if (!title) return null;
  return {
    title,
    as_of: text(value["as_of"]),
    revision: typeof value["revision"] === "number" ? value["revision"] : null,
    checked_on: text(value["checked_on"]),
    url: text(value["url"]),
  };
}

function parseNote(block: Record<string, unknown>): Note | null {
  const body = text(block["note"]);
  return body ? { text: body, lang: text(block["note_lang"]) } : null;
}

function parseItem(value: unknown): ChecklistItem | null {
  if (!isRecord(value)) return null;
  const body = text(value["text"]);
  return body ? { text: body, when: text(value["when"]), note: text(value["note"]), why: text(value["why"]) } : null;
}

function parseChoice(value: unknown): Choice | null {
  if (!isRecord(value)) return null;
  const label = text(value["label"]);
  return label ? { label, send: text(value["send"]) ?? label } : null;
}

function parsePeriod(value: unknown): Period | null {
  if (!isRecord(value)) return null;
  const opens = text(value["opens"]);
  const closes = text(value["closes"]);
  return opens && closes ? { opens, closes } : null;
}

function parseDays(value: unknown): { days: string; periods: Period[] } | null {
  if (!isRecord(value)) return null;
  const days = text(value["days"]);
  return days ? { days, periods: list(value["periods"], parsePeriod) } : null;
}

function parsePhone(value: unknown): { label: string | null; number: string; uri: string | null } | null {
  if (!isRecord(value)) return null;
  const number = text(value["number"]);
  return number ? { label: text(value["label"]), number, uri: text(value["uri"]) } : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Empty text is no text. */
export function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** The elements that can be read; the others are left out. */
export function list<T>(value: unknown, parse: (element: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.map(parse).filter((element): element is T & {} => element !== null);
}
