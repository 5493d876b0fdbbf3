import { describe, expect, it } from 'vitest';
import { EventReader } from './events';

describe('an event stream', () => {
  it('is read whatever the pieces that it comes in', () => {
    const text = 'event: board\ndata: {"a":1}\nid: x-1\n\n: a comment\ndata: one\ndata: two\n\n';
    for (let size = 1; size <= text.length; size++) {
      const reader = new EventReader();
      const read = [];
      for (let from = 0; from < text.length; from += size) read.push(...reader.read(text.slice(from, from + size)));
      expect(read).toEqual([{ id: 'x-1', data: '{"a":1}' }, { id: 'x-1', data: 'one\ntwo' }]);
    }
  });

  it('holds back an event that has not ended', () => expect(new EventReader().read('data: one\n')).toEqual([]));
});
