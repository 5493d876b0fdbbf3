/** An event of a stream: its data, and the id that a new stream can go on from. */
export interface ServerEvent {
  id: string;
  data: string;
}

/** Reads server-sent events (HTML standard, 9.2) out of text that comes in pieces. */
export class EventReader {
  private rest = '';
  private id = '';
  private data: string[] = [];

  /** The events that are complete with this piece. */
  read(piece: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) events.push({ id: this.id, data: this.data.join('\n') });
        this.data = [];
      } else if (line.startsWith('data:')) {
        this.data.push(valueOf(line));
      } else if (line.startsWith('id:')) {
        this.id = valueOf(line);
      }
    }
    return events;
  }
}

function valueOf(line: string): string {
  const value = line.slice(line.indexOf(':') + 1);
  return value.startsWith(' ') ? value.slice(1) : value;
}
