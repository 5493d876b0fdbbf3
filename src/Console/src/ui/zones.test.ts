import { describe, expect, it } from 'vitest';
import { knownZone, zoneHere, zones } from './zones';

describe('zones', () => {
  it('are those that the browser knows', () => {
    expect(zones()).toContain('Europe/Paris');
    expect(knownZone(zoneHere())).toBe(zoneHere());
    expect([knownZone(null), knownZone(''), knownZone('Mars/Olympus')]).toEqual([undefined, undefined, undefined]);
  });
});
