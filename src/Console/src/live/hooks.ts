import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { Board, Cells } from './board';
import { live, type LiveState } from './stream';

/** Keeps a topic in the stream while the component is shown. */
export function useBoard(topic: string): Board {
  useEffect(() => live.use(topic), [topic]);
  return live.board(topic);
}

/** One row; undefined until it came. Draws again when that row changes and at no other time. */
export function useRow(board: Board, key: string): Cells | undefined {
  return useSyncExternalStore(
    useCallback(changed => board.onRow(key, changed), [board, key]),
    () => board.row(key),
  );
}

/** The board's number of changes: draws again with each. For sums over all rows. */
export function useChanges(board: Board): number {
  return useSyncExternalStore(
    useCallback(changed => board.onAny(changed), [board]),
    () => (board.filled ? board.changes : -1),
  );
}

/** The names of all rows. Draws again when other things are there. */
export function useKeys(board: Board): readonly string[] {
  return useSyncExternalStore(
    useCallback(changed => board.onAny(changed), [board]),
    () => board.keys,
  );
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    useCallback(changed => live.onState(changed), []),
    () => live.state,
  );
}
