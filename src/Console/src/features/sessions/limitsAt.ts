/** The limit in force at each of the times, in A; null before the first. Limits come in any order; times, in s, rise. */
export function limitsAt(given: readonly { at: string; limit: number }[], times: readonly number[]): (number | null)[] {
  const sorted = given.map(({ at, limit }) => ({ at: Date.parse(at) / 1000, limit })).sort((a, b) => a.at - b.at);
  let next = 0;
  let limit: number | null = null;
  return times.map(time => {
    while (next < sorted.length && sorted[next]!.at <= time) limit = sorted[next++]!.limit;
    return limit;
  });
}
