import type { Schemas } from '../../../api/client';

/** From `start`, in s, on `limit` holds. */
export interface Period {
  start: number;
  limit: number;
}

/** A curve of limits: corners of a line that is level from one to the next. */
export function stepsOf(periods: readonly Period[], until: number): [number, number][] {
  const sorted = [...periods].sort((a, b) => a.start - b.start).filter(period => period.start < until);
  return sorted.flatMap((period, at): [number, number][] => [[period.start, period.limit], [sorted[at + 1]?.start ?? until, period.limit]]);
}

/** How long a schedule is drawn: as long as it lasts, else an hour beyond its last change. */
export const drawnFor = (periods: readonly Period[], duration: number | null | undefined): number =>
  duration ?? Math.max(0, ...periods.map(period => period.start)) + 3_600;

/** What a charger answered to GetCompositeSchedule; null where it did not accept. */
export function compositeOf(result: unknown): { unit: string; duration: number; periods: Period[] } | null {
  const answer = result as { status?: string; chargingSchedule?: { chargingRateUnit: string; duration?: number; chargingSchedulePeriod: { startPeriod: number; limit: number }[] } } | null;
  if (answer?.status !== 'Accepted' || !answer.chargingSchedule) return null;
  const { chargingRateUnit: unit, duration, chargingSchedulePeriod } = answer.chargingSchedule;
  const periods = chargingSchedulePeriod.map(period => ({ start: period.startPeriod, limit: period.limit }));
  return { unit, duration: drawnFor(periods, duration), periods };
}

/** What the profile lets through in words: `TxDefaultProfile · Relative · 2`. */
export const kindOf = (profile: Schemas['ProfileContentView']): string =>
  [profile.purpose, profile.kind, profile.recurrency, profile.stackLevel].filter(part => part !== null && part !== undefined).join(' · ');
