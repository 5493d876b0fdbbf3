import { createContext, use, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localOf, momentOf } from './moments';

const none = '—';

/** Numbers, with their unit, and moments in the language and the zone that are shown. What is not known is a dash. */
export interface Format {
  /** The zone of moments; undefined for that of the machine. */
  zone: string | undefined;
  number(value: number | null | undefined, digits?: number, unit?: string): string;
  kilowatts(watts: number | null | undefined): string;
  /** What a connector draws, in the unit that the user prefers; in the other where that one was not measured.
   *  @param amperes Of the phase that draws most. */
  draw(watts: number | null, amperes: number | null): string;
  kilowattHours(wattHours: number | null | undefined): string;
  percent(value: number | null | undefined): string;
  megabytes(bytes: number | null | undefined, digits?: number): string;
  moment(at: string | number | null | undefined): string;
  time(at: number): string;
  /** Hours and minutes. */
  clock(at: number): string;
  duration(from: string, to: string | null, now: number): string;
  /** A moment as the browser's own field for one takes it; empty for none. */
  field(moment: string | null | undefined): string;
  /** The moment that such a field holds, in UTC; undefined for none. */
  fromField(local: string): string | undefined;
}

/** With a region of the language where the browser names one: who reads British English expects British dates. */
const localeOf = (language: string): string => navigator.languages.find(tag => tag.startsWith(`${language}-`)) ?? language;

/** How the user wants figures and moments. */
export interface Wishes {
  /** Undefined for the zone of the machine. */
  timeZone?: string | undefined;
  /** Of what connectors draw: kW where left out. */
  powerUnit?: 'kW' | 'A' | undefined;
}

export const Shown = createContext<Wishes>({});

export function formatIn(language: string, { timeZone, powerUnit }: Wishes = {}): Format {
  const numbers = [0, 1, 2].map(digits => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium', timeZone });
  const times = new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone });
  const clocks = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone });
  const number = (value: number | null | undefined, digits = 0, unit?: string): string =>
    value === null || value === undefined ? none : (numbers[digits] ?? numbers[2]!).format(value) + (unit ? `\u00a0${unit}` : '');
  const kilowatts = (watts: number | null | undefined) => number(watts === null || watts === undefined ? null : watts / 1000, 1, 'kW');
  return {
    zone: timeZone,
    number,
    kilowatts,
    draw: (watts, amperes) => (amperes !== null && (powerUnit === 'A' || watts === null) ? number(amperes, 1, 'A') : kilowatts(watts)),
    kilowattHours: wattHours => number(wattHours === null || wattHours === undefined ? null : wattHours / 1000, 2, 'kWh'),
    percent: value => number(value, 0, '%'),
    megabytes: (bytes, digits = 0) => number(bytes === null || bytes === undefined ? null : bytes / 1_000_000, digits, language.startsWith('fr') ? 'Mo' : 'MB'),
    moment: at => (at === null || at === undefined ? none : moments.format(new Date(at))),
    time: at => times.format(new Date(at)),
    clock: at => clocks.format(new Date(at)),
    duration(from, to, now) {
      const minutes = Math.max(0, Math.floor(((to ? Date.parse(to) : now) - Date.parse(from)) / 60_000));
      return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}\u00a0h`;
    },
    field: moment => localOf(moment, timeZone),
    fromField: local => momentOf(local, timeZone),
  };
}


export function useFormat(): Format {
  const { i18n } = useTranslation();
  const wishes = use(Shown);
  return useMemo(() => formatIn(localeOf(i18n.language), wishes), [i18n.language, wishes]);
}
