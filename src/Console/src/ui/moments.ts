/** A moment in UTC as the browser's own field for one takes it, in a zone or in that of the machine; empty for none. */
export function localOf(moment: string | null | undefined, zone?: string): string {
  if (moment === null || moment === undefined || Number.isNaN(Date.parse(moment))) return '';
  const at = Date.parse(moment);
  return new Date(at + offsetOf(at, zone)).toISOString().slice(0, 16);
}

/** The moment that such a field holds; undefined for none. Of an hour that comes twice it is one of both, and one that is left out is the hour beside it. */
export function momentOf(local: string, zone?: string): string | undefined {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return undefined;
  const near = wall - offsetOf(wall, zone);
  return new Date(wall - offsetOf(near, zone)).toISOString();
}

/** How far the clocks of a zone are ahead of UTC then, in milliseconds. */
function offsetOf(at: number, zone?: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find(one => one.type === type)!.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000;
}
