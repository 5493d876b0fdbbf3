import { describe, expect, it } from 'vitest';
import { formatIn } from './format';

describe('figures', () => {
  const english = formatIn('en');
  const french = formatIn('fr');

  it('are written as the language does', () => {
    expect(english.kilowatts(11_040)).toBe('11.0\u00a0kW');
    expect(french.kilowatts(11_040)).toBe('11,0\u00a0kW');
    expect(french.number(1234.5, 1)).toBe('1\u202f234,5');
    expect(french.megabytes(12_345_678, 1)).toBe('12,3\u00a0Mo');
  });

  it('of what is drawn are in the unit that is preferred, where that was measured', () => {
    const inAmperes = formatIn('en', { powerUnit: 'A' });
    expect([english.draw(7_000, 10.4), inAmperes.draw(7_000, 10.4)]).toEqual(['7.0\u00a0kW', '10.4\u00a0A']);
    expect([english.draw(null, 10.4), inAmperes.draw(7_000, null), inAmperes.draw(null, null)]).toEqual(['10.4\u00a0A', '7.0\u00a0kW', '—']);
  });

  it('that are not known are a dash', () => {
    for (const text of [english.kilowatts(null), english.number(undefined, 1, 'A'), english.percent(null), english.moment(null)]) expect(text).toBe('—');
  });

  it('of time count hours and minutes, and never less than none', () => {
    const now = Date.parse('2026-11-29T14:05:30Z');
    expect(english.duration('2026-11-29T12:00:00Z', null, now)).toBe('2:05\u00a0h');
    expect(english.duration('2026-11-29T12:00:00Z', '2026-11-29T11:00:00Z', now)).toBe('0:00\u00a0h');
  });
});
