import { describe, expect, it } from 'vitest';
import { timelineOf } from './spans';

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const one = (id: number, charger: string, connector: number, from: number, expiry: number, ended: number | null = null) =>
  ({ id, charger, connector, idTag: 'T', requestedAt: at(from), expiry: at(expiry), endedAt: ended === null ? null : at(ended) });

describe('a timeline', () => {
  it('has a row for each connector and a bar for each reservation, until it ended or would', () => {
    const timeline = timelineOf([one(3, 'B', 1, 60, 100), one(2, 'A', 2, 50, 100, 75), one(1, 'A', 2, 0, 40), one(4, 'A', 1, 0, 10)], 50 * 60_000)!;
    expect([timeline.from, timeline.to, timeline.now]).toEqual([0, 100 * 60_000, 50]);
    expect(timeline.rows.map(row => `${row.charger}/${row.connector}`)).toEqual(['A/1', 'A/2', 'B/1']);
    expect(timeline.rows[1]!.bars).toEqual([
      { id: 2, idTag: 'T', start: 50, size: 25, isOpen: false },
      { id: 1, idTag: 'T', start: 0, size: 40, isOpen: true },
    ]);
  });

  it('is none without reservations, and has a length when nothing lasts', () => {
    expect(timelineOf([], 0)).toBeNull();
    expect(timelineOf([one(1, 'A', 1, 0, 0)], 0)!.rows[0]!.bars[0]).toMatchObject({ start: 0, size: 0 });
  });
});
