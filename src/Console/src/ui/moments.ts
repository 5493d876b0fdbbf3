/** A moment in UTC as the browser's own field for one takes it, in the zone of the machine; empty for none. */
export function localOf(moment: string | null | undefined): string {
  if (moment === null || moment === undefined || Number.isNaN(Date.parse(moment))) return '';
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment that such a field holds; undefined for none. */
export const momentOf = (local: string): string | undefined => (local === '' ? undefined : new Date(local).toISOString());
