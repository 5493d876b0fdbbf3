import type { Schemas } from '../../api/client';

/** How far back a trend looks, in s. */
export const ranges = [3_600, 6 * 3_600, 86_400, 7 * 86_400, 30 * 86_400] as const;
export type Range = (typeof ranges)[number];

export const mostTags = 8;

/** What can be drawn of a connector and of a site, as the API calls it. */
export const ofConnector = ['power', 'current.l1', 'current.l2', 'current.l3', 'limit', 'energy', 'soc', 'voltage.l1', 'voltage.l2', 'voltage.l3', 'temperature'] as const;
export const ofSite = ['drawn', 'inForce', 'free', 'charging', 'waiting'] as const;

/** Where a tag belongs and what it is of: `CP01 · 1` and `power`. Null for what is no tag. */
export function partsOf(tag: string): { owner: string; name: string } | null {
  const parts = tag.split('/');
  if (parts.length === 5 && parts[0] === 'charger' && parts[2] === 'connector') return { owner: `${parts[1]} · ${parts[3]}`, name: parts[4]! };
  return parts.length === 3 && parts[0] === 'site' ? { owner: parts[1]!, name: parts[2]! } : null;
}

/** Held until the next value, and not only measured at its moment. */
const held = new Set(['limit', 'free', 'inForce']);
export const isHeld = (tag: string): boolean => held.has(partsOf(tag)?.name ?? '');

/** Tags of an address, at most as many as can be drawn. */
export const tagsOf = (text: string | undefined): string[] => [...new Set((text ?? '').split(',').filter(tag => partsOf(tag) !== null))].slice(0, mostTags);

/**
 * Curves of their own moments on one axis of time: undefined where a curve has no point, and null behind a point that the next is
 * too far from, which leaves a gap there.
 * @param gap In s.
 */
export function joined(series: readonly Pick<Schemas['SeriesView'], 'at' | 'last'>[], gap: number): { times: number[]; values: (number | null | undefined)[][] } {
  const own = series.map(one => {
    const points = new Map<number, number | null>();
    one.at.forEach((at, index) => {
      const seconds = at / 1000;
      const before = index > 0 ? one.at[index - 1]! / 1000 : seconds;
      if (seconds - before > gap) points.set(before + gap / 2, null);
      points.set(seconds, one.last[index]!);
    });
    return points;
  });
  const times = [...new Set(own.flatMap(points => [...points.keys()]))].sort((a, b) => a - b);
  return { times, values: own.map(points => times.map(time => points.get(time))) };
}

/** What is drawn, a row for each point: its curve, its moment in UTC, and the least, the greatest and the last value of its span. */
export const rowsOf = (answer: Schemas['SeriesAnswer']): Record<string, string | number>[] => answer.series.flatMap(one =>
  one.at.map((at, index) => ({ tag: one.tag, unit: one.unit, at: new Date(at).toISOString(), least: one.min[index]!, greatest: one.max[index]!, last: one.last[index]! })));
