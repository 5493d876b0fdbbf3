import type { Schemas } from '../../api/client';

type Reservation = Pick<Schemas['ReservationView'], 'id' | 'charger' | 'connector' | 'idTag' | 'requestedAt' | 'endedAt' | 'expiry'>;

export interface Bar {
  id: number;
  idTag: string;
  /** From the beginning of the timeline, and how long, in % of it. */
  start: number;
  size: number;
  /** The connector is, or may be, still held. */
  isOpen: boolean;
}

export interface Timeline {
  from: number;
  to: number;
  /** Where now is, in % of it; outside of 0 to 100 where it is not shown. */
  now: number;
  rows: { charger: string; connector: number; bars: Bar[] }[];
}

/** Reservations over time, a row for each connector: from when they were asked for until they ended, or would by themselves. Null for none. */
export function timelineOf(reservations: readonly Reservation[], now: number): Timeline | null {
  if (reservations.length === 0) return null;
  const spans = reservations.map(one => ({ one, begin: Date.parse(one.requestedAt), end: Date.parse(one.endedAt ?? one.expiry) }));
  const from = Math.min(...spans.map(span => span.begin));
  const to = Math.max(...spans.map(span => span.end), from + 1);
  const share = (at: number): number => ((at - from) / (to - from)) * 100;
  const rows = new Map<string, Timeline['rows'][number]>();
  for (const { one, begin, end } of spans) {
    const key = `${one.charger} ${one.connector}`;
    if (!rows.has(key)) rows.set(key, { charger: one.charger, connector: one.connector, bars: [] });
    rows.get(key)!.bars.push({ id: one.id, idTag: one.idTag, start: share(begin), size: Math.max(0, share(end) - share(begin)), isOpen: one.endedAt === null });
  }
  return { from, to, now: share(now), rows: [...rows.values()].sort((a, b) => a.charger.localeCompare(b.charger) || a.connector - b.connector) };
}
