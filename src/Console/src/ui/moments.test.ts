import { describe, expect, it } from 'vitest';
import { localOf, momentOf } from './moments';

describe('moments in fields', () => {
  it('come back as they were given, to the minute', () => {
    expect(momentOf(localOf('2026-07-01T12:34:00.000Z'))).toBe('2026-07-01T12:34:00.000Z');
  });

  it('are empty for none and for what is no moment', () => {
    expect([localOf(null), localOf(undefined), localOf('soon')]).toEqual(['', '', '']);
    expect([momentOf(''), momentOf('soon')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['Europe/Paris', '2026-07-01T12:34', '2026-07-01T10:34:00.000Z'],
    ['Europe/Paris', '2026-01-01T00:30', '2025-12-31T23:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T05:45', '2026-01-01T00:00:00.000Z'],
    ['America/St_Johns', '2026-07-01T00:00', '2026-07-01T02:30:00.000Z'],
    ['UTC', '2026-07-01T00:00', '2026-07-01T00:00:00.000Z'],
    // On the days on which the clocks are changed, before and after that.
    ['Europe/Paris', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Paris', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Paris', '2026-10-25T01:59', '2026-10-24T23:59:00.000Z'],
    ['Europe/Paris', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('are those of their zone: %s %s', (zone, local, moment) => {
    expect(momentOf(local, zone)).toBe(moment);
    expect(localOf(moment, zone)).toBe(local);
  });

  it('are found all the same where an hour is left out or comes twice', () => {
    expect(localOf(momentOf('2026-03-29T02:30', 'Europe/Paris'), 'Europe/Paris')).toMatch(/2026-03-29T0[13]:30/);
    expect(localOf(momentOf('2026-10-25T02:30', 'Europe/Paris'), 'Europe/Paris')).toBe('2026-10-25T02:30');
  });
});
