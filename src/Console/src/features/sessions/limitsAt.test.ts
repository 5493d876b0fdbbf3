import { describe, expect, it } from 'vitest';
import { limitsAt } from './limitsAt';

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

describe('limitsAt', () => {
  it('holds a limit until the next, whatever their order', () => {
    expect(limitsAt([{ at: at(30), limit: 6 }, { at: at(10), limit: 16 }], [5, 10, 29, 30, 90])).toEqual([null, 16, 16, 6, 6]);
  });

  it('is nothing where none was given', () => {
    expect(limitsAt([], [1, 2])).toEqual([null, null]);
  });
});
