import { describe, expect, it } from 'vitest';
import { chargersOf } from './csv';

describe('a table of chargers', () => {
  it('makes new ones and changes known ones by what it says of them', () => {
    const known = [{ charger: 'A', site: 'north', maxCurrent: 32, connectors: [{ connector: 1, priority: 9 }] }];
    const { chargers, bad } = chargersOf([['charger', 'site', 'maxCurrent', 'connectors', 'holdMinimum'], ['A', '', '16,5', '2', ''], ['B', 'south', '', '', 'true']], known);
    expect(bad).toEqual([]);
    expect(chargers).toEqual({
      A: { charger: 'A', site: 'north', maxCurrent: 16.5, connectors: [{ connector: 1, priority: 9 }, { connector: 2 }] },
      B: { site: 'south', holdMinimum: true },
    });
  });

  it('names each row that cannot be taken', () => {
    const { bad } = chargersOf([['charger', 'colour'], ['A', 'red'], ['', 'red'], ['A', '']], []);
    expect(bad).toEqual([{ row: 1, why: 'column', what: 'colour' }, { row: 3, why: 'noCharger', what: '' }, { row: 4, why: 'twice', what: 'A' }]);
    expect(chargersOf([['charger', 'connectors', 'ping'], ['A', '0', 'no']], []).bad.map(row => row.why)).toEqual(['connectors', 'yesOrNo']);
  });
});
