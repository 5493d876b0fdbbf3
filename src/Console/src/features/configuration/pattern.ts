/** Most chargers that one form makes. */
export const mostAtOnce = 200;

/** Names by a pattern: the last number in it counts up and keeps its width, `CP-08` to `CP-10`; one name alone needs no number. */
export function namesOf(pattern: string, count: number): string[] {
  if (count === 1) return [pattern];
  const [, head, digits, tail] = /^(.*?)(\d+)(\D*)$/.exec(pattern) ?? [null, pattern, '1', ''];
  return Array.from({ length: count }, (_, at) => `${head}${String(Number(digits) + at).padStart(digits!.length, '0')}${tail}`);
}

/** A name for addresses made of one for people: `Dépôt Nord` becomes `depot-nord`. Empty where nothing of it can stand there. */
export const idOf = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '').toLowerCase();
