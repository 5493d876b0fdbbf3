/** The most severe; 0 is the least. */
export const highest = 29;

const bands = ['log', 'low', 'medium', 'high', 'urgent', 'safety'] as const;

/** What a level means to people. */
export const bandOf = (level: number): (typeof bands)[number] => bands[Math.floor(level / 5)] ?? 'safety';

/** Levels as they are typed, `0-14, 20`, in order; none for nothing, and null for what are no levels. */
export function levelsOf(text: string): number[] | null {
  const levels = new Set<number>();
  for (const part of text.split(/[,;]/).map(one => one.trim()).filter(one => one !== '')) {
    const [, from, to = from] = /^(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?$/.exec(part) ?? [];
    if (from === undefined || Number(to) > highest || Number(from) > Number(to)) return null;
    for (let level = Number(from); level <= Number(to); level++) levels.add(level);
  }
  return [...levels].sort((one, other) => one - other);
}

/** The same the other way round. */
export function rangesOf(levels: readonly number[]): string {
  const known = new Set(levels);
  return [...known]
    .filter(level => !known.has(level - 1))
    .sort((one, other) => one - other)
    .map(from => {
      let to = from;
      while (known.has(to + 1)) to++;
      return from === to ? `${from}` : `${from}-${to}`;
    })
    .join(', ');
}
