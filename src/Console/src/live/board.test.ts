import { describe, expect, it, vi } from 'vitest';
import { Board, type Frame } from './board';

const at = '2026-11-29T12:00:00Z';
const whole = (keys: string[], rows: Frame['rows']): Frame => ({ topic: 't', at, keys, rows, changes: null });
const changes = (...some: NonNullable<Frame['changes']>): Frame => ({ topic: 't', at, keys: null, rows: null, changes: some });

describe('a board', () => {
  it('tells of the row that changed, and nobody of another', () => {
    const board = new Board('t');
    board.take(whole(['a', 'b'], [['Available'], ['Available']]));
    const [a, b, any] = [vi.fn(), vi.fn(), vi.fn()];
    board.onRow('a', a);
    board.onRow('b', b);
    board.onAny(any);

    board.take(changes([1, 'Charging']));

    expect(board.row('b')).toEqual(['Charging']);
    expect([a.mock.calls.length, b.mock.calls.length, any.mock.calls.length]).toEqual([0, 1, 1]);
  });

  it('keeps the same rows and keys where a frame brings nothing', () => {
    const board = new Board('t');
    board.take(whole(['a'], [['Available']]));
    const [row, keys, count, any] = [board.row('a'), board.keys, board.changes, vi.fn()];
    board.onAny(any);

    board.take(changes());

    expect(board.row('a')).toBe(row);
    expect(board.keys).toBe(keys);
    expect(board.changes).toBe(count);
    expect(any).not.toHaveBeenCalled();
  });

  it('takes other things in the place of all before, and tells those that are gone', () => {
    const board = new Board('t');
    board.take(whole(['a'], [['Available']]));
    const gone = vi.fn();
    board.onRow('a', gone);

    board.take(whole(['b'], [['Faulted']]));

    expect(board.row('a')).toBeUndefined();
    expect(board.row('b')).toEqual(['Faulted']);
    expect(gone).toHaveBeenCalledOnce();
  });

  it('is filled by a frame without a row, and passes over a change to what it does not have', () => {
    const board = new Board('t');
    expect(board.filled).toBe(false);
    board.take(whole([], []));
    board.take(changes([7, 'Charging']));
    expect(board.filled).toBe(true);
    expect(board.rows).toEqual([]);
  });
});
