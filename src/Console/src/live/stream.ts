import { ApiError, commonHeaders, faultOf } from '../api/client';
import { Board, type Frame } from './board';
import { EventReader } from './events';

export type LiveState = 'idle' | 'connecting' | 'live' | 'stale';

const settle = 150; // ms in which a change of view may ask for several topics
const silent = 5_000; // ms without a frame until what is shown counts as stale
const hiddenFor = 60_000; // ms until a tab that nobody sees lets go of its stream
const firstWait = 500;
const longestWait = 15_000;

/**
 * The one live stream of this tab. Views ask for topics; another set of topics is another stream. What is shown is stale when
 * no frame comes, whatever the reason; a stream that was cut is taken up where it was.
 */
export class LiveStream {
  private readonly boards = new Map<string, { board: Board; users: number }>();
  private readonly listeners = new Set<() => void>();
  private current = '';
  private place = '';
  private cut: AbortController | null = null;
  private wait = firstWait;
  private opening: ReturnType<typeof setTimeout> | undefined;
  private watching: ReturnType<typeof setTimeout> | undefined;
  private hiding: ReturnType<typeof setTimeout> | undefined;
  private now: LiveState = 'idle';
  private framed: number | null = null;

  /** Called when the server says that nobody is signed in any more. */
  onSignedOut: () => void = () => {};

  constructor() {
    document.addEventListener('visibilitychange', () => {
      clearTimeout(this.hiding);
      if (!document.hidden) {
        if (!this.cut && this.boards.size > 0) this.schedule(0);
      } else {
        this.hiding = setTimeout(() => this.close(), hiddenFor);
      }
    });
  }

  get state(): LiveState {
    return this.now;
  }

  /** When the last frame came, by this machine's clock; null before the first. */
  get lastFrame(): number | null {
    return this.framed;
  }

  onState(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  board(topic: string): Board {
    return this.entry(topic).board;
  }

  /** Keeps a topic in the stream until what is returned is called. */
  use(topic: string): () => void {
    this.entry(topic).users++;
    this.schedule(settle);
    return () => {
      const entry = this.boards.get(topic);
      if (entry) entry.users--;
      this.schedule(settle);
    };
  }

  /** Forgets everything: somebody else may be signed in next. */
  reset(): void {
    this.close();
    this.boards.clear();
    this.current = this.place = '';
    this.framed = null;
    this.enter('idle');
  }

  private entry(topic: string): { board: Board; users: number } {
    let entry = this.boards.get(topic);
    if (!entry) {
      entry = { board: new Board(topic), users: 0 };
      this.boards.set(topic, entry);
    }
    return entry;
  }

  private topics(): string {
    return [...this.boards].filter(([, entry]) => entry.users > 0).map(([topic]) => topic).sort().join(',');
  }

  private schedule(after: number): void {
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.reopen(), after);
  }

  private reopen(): void {
    const topics = this.topics();
    if (topics === this.current && this.cut) return;
    this.close();
    if (topics === '') return this.enter('idle');
    if (topics !== this.current) {
      // Whole frames come for all of them; what nobody looks at any more is let go.
      this.place = '';
      for (const [topic, { users }] of this.boards) if (users === 0) this.boards.delete(topic);
    }
    this.current = topics;
    void this.run(topics);
  }

  private close(): void {
    this.cut?.abort();
    this.cut = null;
    clearTimeout(this.opening);
    clearTimeout(this.watching);
  }

  private async run(topics: string): Promise<void> {
    const cut = new AbortController();
    this.cut = cut;
    if (this.now !== 'stale') this.enter('connecting');
    this.watch();
    try {
      await this.read(topics, cut.signal);
    } catch (fault) {
      if (cut.signal.aborted) return;
      if (fault instanceof ApiError && fault.status === 401) {
        this.close();
        return this.onSignedOut();
      }
    }
    if (cut.signal.aborted) return;
    this.cut = null;
    this.enter('stale');
    this.schedule(this.wait);
    this.wait = Math.min(this.wait * 2, longestWait);
  }

  private async read(topics: string, signal: AbortSignal): Promise<void> {
    const headers = { ...commonHeaders(), ...(this.place === '' ? {} : { 'Last-Event-ID': this.place }) };
    const answer = await fetch(`/api/v1/live?topics=${encodeURIComponent(topics)}`, { headers, signal, credentials: 'same-origin' });
    if (!answer.ok || !answer.body) throw await faultOf(answer);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const event of events.read(value)) {
        const frame = JSON.parse(event.data) as Frame;
        this.boards.get(frame.topic)?.board.take(frame);
        this.place = event.id;
        this.framed = Date.now();
        this.wait = firstWait;
        this.enter('live');
        this.watch();
      }
    }
  }

  private watch(): void {
    clearTimeout(this.watching);
    this.watching = setTimeout(() => this.enter('stale'), silent);
  }

  private enter(state: LiveState): void {
    if (state === this.now) return;
    this.now = state;
    this.listeners.forEach(listener => listener());
  }
}

export const live = new LiveStream();
