import { describe, expect, it } from 'vitest';
import { localOf, momentOf } from './moments';

describe('moments in fields', () => {
  it('come back as they were given, to the minute', () => {
    expect(momentOf(localOf('2026-07-01T12:34:00.000Z'))).toBe('2026-07-01T12:34:00.000Z');
  });

  it('are empty for none and for what is no moment', () => {
    expect([localOf(null), localOf(undefined), localOf('soon')]).toEqual(['', '', '']);
    expect(momentOf('')).toBeUndefined();
  });
});
