// The office's clock, wherever the visitor sits: dates as `2026-12-24`, times as `08:00`.

const OFFICES = "Europe/Berlin";
const DAY_MS = 86_400_000;

export function wallClock(zone: string | null): { date: string; time: string } {
  const options = { dateStyle: "short", timeStyle: "short" } as const;
  // Sweden writes a moment as ISO does.
  const [date = "", time = ""] = new Intl.DateTimeFormat("sv", { ...options, timeZone: zone ?? OFFICES }).format().split(" ");
  return { date, time };
}

/** 1 to 7 from Monday. */
export function weekday(date: string): number {
  return new Date(date).getUTCDay() || 7;
}

export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

export function minutesBetween(from: string, to: string): number {
  return minutes(to) - minutes(from);
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}
