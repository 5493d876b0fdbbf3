import { describe, expect, it } from 'vitest';
import { bandOf, levelsOf, rangesOf } from './levels';

describe('levels as they are typed', () => {
  it.each<[string, number[] | null]>([
    ['', []],
    ['7', [7]],
    ['20, 0-3', [0, 1, 2, 3, 20]],
    [' 1 – 3 ; 2-4 ,', [1, 2, 3, 4]],
    ['29', [29]],
    ['30', null],
    ['5-30', null],
    ['9-5', null],
    ['-1', null],
    ['1.5', null],
    ['all', null],
    ['1-2-3', null],
  ])('%j', (text, levels) => expect(levelsOf(text)).toEqual(levels));

  it.each([[[], ''], [[4], '4'], [[20, 2, 0, 1], '0-2, 20'], [[28, 29], '28-29']])('%j are typed as %j', (levels, text) => {
    expect(rangesOf(levels)).toBe(text);
    expect(levelsOf(text)).toEqual([...levels].sort((one, other) => one - other));
  });
});

describe('the band of a level', () => {
  it.each([[0, 'log'], [4, 'log'], [5, 'low'], [14, 'medium'], [15, 'high'], [24, 'urgent'], [25, 'safety'], [29, 'safety']])('%i is %s', (level, band) => {
    expect(bandOf(level)).toBe(band);
  });
});
