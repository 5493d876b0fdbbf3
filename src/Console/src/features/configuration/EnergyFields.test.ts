import { describe, expect, it } from 'vitest';
import { energyDraftOf, parametersOf } from './EnergyFields';

describe('energy parameters', () => {
  it('come back from what is typed as they were', () => {
    const kept = { maxCurrent: 32, maxPower: null, priority: 7, launchEnergy: 6, deadBand: 0.5, hysteresis: 0, increaseIntervalSeconds: null, phases: 3, current: 'AC', holdMinimum: false };
    expect(parametersOf(energyDraftOf(kept))).toEqual(kept);
  });

  it('are nothing where nothing is typed, and numbers in either language', () => {
    const empty = energyDraftOf({});
    expect(Object.values(parametersOf(empty)).every(value => value === null)).toBe(true);
    expect(parametersOf({ ...empty, deadBand: '1,5' }).deadBand).toBe(1.5);
  });
});
