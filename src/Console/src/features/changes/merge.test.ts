import { describe, expect, it } from 'vitest';
import { merge } from './merge';

const standing = {
  sites: [{ site: 'north', limit: 64 }, { site: 'south' }],
  chargers: [{ charger: 'A', site: 'north', maxCurrent: 32 }, { charger: 'B', site: 'south' }],
};

describe('a document with changes', () => {
  it('has what is changed in its place, what is new at the end, and not what is deleted', () => {
    expect(merge(standing, { sites: { north: { limit: 32 }, south: null }, chargers: { C: { site: 'north' }, B: null } })).toEqual({
      sites: [{ site: 'north', limit: 32 }],
      chargers: [{ charger: 'A', site: 'north', maxCurrent: 32 }, { charger: 'C', site: 'north' }],
    });
  });

  it('is what stands where nothing changes or what is to be deleted is gone already', () => {
    expect(merge(standing, { sites: {}, chargers: { Z: null } })).toEqual(standing);
  });
});
