/** The zones of the IANA database that the browser knows. */
export const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** The zone of the machine. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone, where the browser knows it: the server may know more of them. */
export function knownZone(zone: string | null | undefined): string | undefined {
  try {
    return zone ? new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone : undefined;
  } catch {
    return undefined;
  }
}
