import { describe, expect, it } from 'vitest';
import { compositeOf, drawnFor, stepsOf } from './schedule';

describe('a schedule', () => {
  it('is level from one period to the next, and to its end', () => {
    expect(stepsOf([{ start: 60, limit: 6 }, { start: 0, limit: 16 }], 100)).toEqual([[0, 16], [60, 16], [60, 6], [100, 6]]);
  });

  it('leaves out what begins after its end', () => {
    expect(stepsOf([{ start: 0, limit: 16 }, { start: 200, limit: 6 }], 100)).toEqual([[0, 16], [100, 16]]);
  });

  it('is drawn for its duration, and for an hour beyond its last change where it has none', () => {
    expect([drawnFor([{ start: 600, limit: 6 }], 900), drawnFor([{ start: 600, limit: 6 }], null), drawnFor([], undefined)]).toEqual([900, 4_200, 3_600]);
  });
});

describe('a composite schedule', () => {
  it('is what the charger answered', () => {
    const answer = { status: 'Accepted', connectorId: 1, chargingSchedule: { chargingRateUnit: 'A', duration: 300, chargingSchedulePeriod: [{ startPeriod: 0, limit: 10, numberPhases: 3 }] } };
    expect(compositeOf(answer)).toEqual({ unit: 'A', duration: 300, periods: [{ start: 0, limit: 10 }] });
  });

  it('is none where the charger refused or holds none', () => {
    expect([compositeOf({ status: 'Rejected' }), compositeOf({ status: 'Accepted' }), compositeOf(null)]).toEqual([null, null, null]);
  });
});
