import { describe, expect, it } from 'vitest';
import { joined, mostTags, partsOf, rowsOf, tagsOf } from './trend';

describe('tags', () => {
  it('name what they belong to and what they are of', () => {
    expect(partsOf('charger/CP01/connector/2/current.l1')).toEqual({ owner: 'CP01 · 2', name: 'current.l1' });
    expect(partsOf('site/S1/drawn')).toEqual({ owner: 'S1', name: 'drawn' });
    expect([partsOf('charger/CP01/power'), partsOf('')]).toEqual([null, null]);
  });

  it('of an address are those that can be drawn, each once', () => {
    expect(tagsOf('site/a/drawn,nonsense,site/a/drawn,site/b/free')).toEqual(['site/a/drawn', 'site/b/free']);
    expect(tagsOf(undefined)).toEqual([]);
    expect(tagsOf(Array.from({ length: 20 }, (_, at) => `site/s${at}/drawn`).join(','))).toHaveLength(mostTags);
  });
});

describe('joined', () => {
  it('lays curves of their own moments on one axis', () => {
    const { times, values } = joined([{ at: [1_000, 3_000], last: [10, 30] }, { at: [2_000, 3_000], last: [200, 300] }], 60);
    expect(times).toEqual([1, 2, 3]);
    expect(values).toEqual([[10, undefined, 30], [undefined, 200, 300]]);
  });

  it('leaves a gap where nothing was measured for long', () => {
    const { times, values } = joined([{ at: [0, 100_000], last: [1, 2] }], 60);
    expect(times).toEqual([0, 30, 100]);
    expect(values).toEqual([[1, null, 2]]);
  });
});

describe('rows of a table', () => {
  it('are the points of each curve, with the spread of their span', () => {
    const series = [
      { tag: 'site/a/drawn', unit: 'A', at: [1_000, 2_000], min: [1, 2], max: [3, 4], last: [2, 3] },
      { tag: 'site/a/free', unit: 'A', at: [], min: [], max: [], last: [] },
    ];
    expect(rowsOf({ from: '', to: '', spanSeconds: 1, series })).toEqual([
      { tag: 'site/a/drawn', unit: 'A', at: '1970-01-01T00:00:01.000Z', least: 1, greatest: 3, last: 2 },
      { tag: 'site/a/drawn', unit: 'A', at: '1970-01-01T00:00:02.000Z', least: 2, greatest: 4, last: 3 },
    ]);
  });
});
