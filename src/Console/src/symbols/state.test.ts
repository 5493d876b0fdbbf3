import { describe, expect, it } from 'vitest';
import { connectorOf, siteOf, sumOf } from '../live/cells';
import { stateOf, states, worstFirst, worstOf } from './state';

describe('the state of a connector', () => {
  it.each(states.filter(state => state !== 'Offline'))('%s is what its charger says while that is connected', state => {
    expect(stateOf(true, state)).toBe(state);
    expect(stateOf(false, state)).toBe('Offline');
  });

  it.each([null, '', 'Offline', 'available', '<img>'])('%s is no state that a charger has', status => expect(stateOf(true, status)).toBe('Unknown'));

  it('has a place in the order of what is worst', () => expect([...worstFirst].sort()).toEqual([...states].sort()));

  it('is the worst of several', () => {
    expect(worstOf(['Available', 'Charging', 'Faulted'])).toBe('Faulted');
    expect(worstOf(['Available', 'Unknown'])).toBe('Available');
    expect(worstOf([])).toBe('Unknown');
  });
});

describe('cells', () => {
  it('of a connector are read by their place', () => {
    const now = connectorOf([1, 'Charging', 'NoError', 1_000, 7, 7_000, 1_500, 40, 'charging', 16, 15.5]);
    expect(now).toEqual({
      online: true, state: 'Charging', errorCode: 'NoError', statusAt: 1_000, transaction: 7, powerW: 7_000, energyWh: 1_500, soc: 40,
      share: 'charging', limitA: 16, measuredA: 15.5,
    });
  });

  it('that are not there are not known', () => expect(connectorOf([0]).powerW).toBeNull());

  it('of sites add up', () => {
    const sum = sumOf([siteOf([2, 1, 1, 7_000, 3]), siteOf([1, 1, 0, 0, 0, 0, 1])]);
    expect([sum.chargers, sum.online, sum.sessions, sum.powerW, sum.connectors.Available, sum.connectors.Charging]).toEqual([3, 2, 1, 7_000, 3, 1]);
  });
});
