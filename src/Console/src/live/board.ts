/** The cells of a row; docs/live.md names them. */
export type Cells = readonly (string | number | null)[];

/** A frame of the live stream as the server writes it. */
export interface Frame {
  topic: string;
  at: string;
  keys: string[] | null;
  rows: Cells[] | null;
  changes: [number, ...Cells][] | null;
}

/**
 * The rows of a topic, outside of React: who shows one row is told of that row alone, so that a second in which two of
 * two thousand connectors change draws two tiles.
 */
export class Board {
  private keysNow: readonly string[] = [];
  private rowsNow: Cells[] = [];
  private index = new Map<string, number>();
  private ofRow = new Map<string, Set<() => void>>();
  private ofAll = new Set<() => void>();
  private version = 0;
  private seen: number | null = null;

  constructor(readonly topic: string) {}

  /** Names of all rows in their order; the same array until other things are there. */
  get keys(): readonly string[] {
    return this.keysNow;
  }

  get rows(): readonly Cells[] {
    return this.rowsNow;
  }

  /** Rises with each frame that changed something. */
  get changes(): number {
    return this.version;
  }

  /** Whether a frame came yet. */
  get filled(): boolean {
    return this.seen !== null;
  }

  row(key: string): Cells | undefined {
    const at = this.index.get(key);
    return at === undefined ? undefined : this.rowsNow[at];
  }

  take(frame: Frame): void {
    const first = this.seen === null;
    this.seen = Date.parse(frame.at);
    if (frame.keys && frame.rows) {
      const before = new Set([...this.keysNow, ...frame.keys]);
      this.keysNow = frame.keys;
      this.rowsNow = [...frame.rows];
      this.index = new Map(frame.keys.map((key, at) => [key, at]));
      this.tell(before);
    } else if (frame.changes && frame.changes.length > 0) {
      const changed: string[] = [];
      for (const [at, ...cells] of frame.changes) {
        const key = this.keysNow[at];
        if (key === undefined) continue;
        this.rowsNow[at] = cells;
        changed.push(key);
      }
      this.tell(changed);
    } else if (first) {
      this.tell([]);
    }
  }

  onRow(key: string, listener: () => void): () => void {
    const listeners = this.ofRow.get(key) ?? new Set();
    this.ofRow.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.ofRow.delete(key);
    };
  }

  onAny(listener: () => void): () => void {
    this.ofAll.add(listener);
    return () => this.ofAll.delete(listener);
  }

  private tell(keys: Iterable<string>): void {
    this.version++;
    for (const key of keys) this.ofRow.get(key)?.forEach(listener => listener());
    this.ofAll.forEach(listener => listener());
  }
}
