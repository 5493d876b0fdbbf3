import { describe, expect, it } from 'vitest';
import { differences } from './TagImport';

describe('differences', () => {
  it('names each member that changes, with both values', () => {
    const before = { idTag: 'A', status: 'Accepted', sites: ['one', 'two'], priority: null };
    expect(differences(before, { ...before, status: 'Blocked', sites: [], priority: 3 } as never)).toBe('status: Accepted → Blocked, sites: one two → , priority: — → 3');
  });

  it('is empty where nothing changes', () => {
    expect(differences({ sites: ['one'] }, { sites: ['one'] })).toBe('');
  });
});
