import { describe, expect, it } from 'vitest';
import { idOf, namesOf } from './pattern';

describe('names by a pattern', () => {
  it.each<[string, number, string[]]>([
    ['CP-08', 3, ['CP-08', 'CP-09', 'CP-10']],
    ['A9', 2, ['A9', 'A10']],
    ['North', 2, ['North1', 'North2']],
    ['B2-7x', 2, ['B2-7x', 'B2-8x']],
    ['CP', 1, ['CP']],
  ])('%s, %i of them', (pattern, count, names) => expect(namesOf(pattern, count)).toEqual(names));
});

describe('idOf', () => {
  it.each([['Dépôt Nord', 'depot-nord'], ['  Site (2) ', 'site-2'], ['漢字', ''], ['a'.repeat(60), 'a'.repeat(40)]])('makes %j to %j', (name, id) => {
    expect(idOf(name)).toBe(id);
  });
});
