import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/client';
import { useFormat } from '../../../ui/format';
import { faultAt, Field, numberOf, textOf } from '../../configuration/FormParts';
import { drawnFor, type Period } from './schedule';
import { Steps } from './Steps';

const purposes = ['TxDefaultProfile', 'ChargePointMaxProfile']; // a TxProfile belongs to one transaction: the OCPP console sends it
const kinds = ['Relative', 'Absolute', 'Recurring'];
const recurrencies = ['Daily', 'Weekly'];

/** A profile as it is typed: texts, so that what is half written is kept. */
export interface Draft {
  purpose: string;
  kind: string;
  recurrency: string;
  stackLevel: string;
  unit: string;
  duration: string;
  start: string | undefined;
  validFrom: string | undefined;
  validTo: string | undefined;
  /** Not shown, and kept. */
  minimumRate: number | null;
  periods: { start: string; limit: string; phases: string }[];
}

export function draftOf(profile: Schemas['ProfileContentView'] | null): Draft {
  return {
    purpose: profile?.purpose ?? purposes[0]!,
    kind: profile?.kind ?? kinds[0]!,
    recurrency: profile?.recurrency ?? recurrencies[0]!,
    stackLevel: textOf(profile?.stackLevel ?? 0),
    unit: profile?.schedule.unit ?? 'A',
    duration: textOf(profile?.schedule.duration),
    start: profile?.schedule.start ?? undefined,
    validFrom: profile?.validFrom ?? undefined,
    validTo: profile?.validTo ?? undefined,
    minimumRate: profile?.schedule.minimumRate ?? null,
    periods: profile?.schedule.periods.map(period => ({ start: textOf(period.start), limit: textOf(period.limit), phases: textOf(period.phases) })) ?? [{ start: '0', limit: '16', phases: '' }],
  };
}

/** What is sent of a draft. What is no number goes as it is, and the API says so. */
export function profileOf(draft: Draft): Schemas['ProfileInput'] {
  return {
    purpose: draft.purpose, kind: draft.kind, recurrency: draft.kind === 'Recurring' ? draft.recurrency : null, stackLevel: numberOf(draft.stackLevel) ?? 0,
    validFrom: draft.validFrom ?? null, validTo: draft.validTo ?? null,
    schedule: {
      unit: draft.unit, duration: numberOf(draft.duration), start: draft.kind === 'Relative' ? null : (draft.start ?? null), minimumRate: draft.minimumRate,
      periods: draft.periods.map(period => ({ start: numberOf(period.start) ?? 0, limit: numberOf(period.limit) as number, phases: numberOf(period.phases) })),
    },
  };
}

/** The members that the fields show the faults of. */
export const membersOf = (prefix: string): string[] =>
  ['purpose', 'kind', 'recurrency', 'stackLevel', 'validFrom', 'validTo', 'schedule.unit', 'schedule.duration', 'schedule.start', 'schedule.periods'].map(member => prefix + member);

/** The fields of a profile, with its curve as it is being written. */
export function ProfileFields({ draft, fault, prefix, change }: { draft: Draft; fault: unknown; prefix: string; change: (draft: Draft) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const common = { fault };
  const choices = (words: string[]) => words.map(word => ({ value: word, label: word }));
  const set = (part: Partial<Draft>) => change({ ...draft, ...part });
  const setPeriod = (at: number, part: Partial<Draft['periods'][number]>) => set({ periods: draft.periods.map((period, index) => (index === at ? { ...period, ...part } : period)) });
  const drawn = draft.periods
    .map((period): Period => ({ start: Number(period.start.replace(',', '.')), limit: Number(period.limit.replace(',', '.')) }))
    .filter(period => Number.isFinite(period.start) && Number.isFinite(period.limit));
  const duration = numberOf(draft.duration);
  const wrong = faultAt(fault, `${prefix}schedule.periods`); // the API says it of all together
  return (
    <>
      <Field {...common} name={`${prefix}purpose`} label={t('profile.purpose')} value={draft.purpose} choices={choices(purposes)} change={purpose => set({ purpose })} />
      <Field {...common} name={`${prefix}kind`} label={t('profile.kind')} value={draft.kind} choices={choices(kinds)} change={kind => set({ kind })} />
      {draft.kind === 'Recurring' && (
        <Field {...common} name={`${prefix}recurrency`} label={t('profile.recurrency')} value={draft.recurrency} choices={choices(recurrencies)} change={recurrency => set({ recurrency })} />
      )}
      <Field {...common} name={`${prefix}stackLevel`} kind="number" label={t('profile.stackLevel')} value={draft.stackLevel} change={stackLevel => set({ stackLevel })} />
      <Field {...common} name={`${prefix}schedule.unit`} label={t('profile.unit')} value={draft.unit} choices={choices(['A', 'W'])} change={unit => set({ unit })} />
      <Field {...common} name={`${prefix}schedule.duration`} kind="number" label={t('profile.duration')} value={draft.duration} change={text => set({ duration: text })} />
      {draft.kind !== 'Relative' && (
        <Field {...common} name={`${prefix}schedule.start`} kind="moment" label={t('profile.start')} value={format.field(draft.start)} change={local => set({ start: format.fromField(local) })} />
      )}
      <Field {...common} name={`${prefix}validFrom`} kind="moment" label={t('profile.validFrom')} value={format.field(draft.validFrom)} change={local => set({ validFrom: format.fromField(local) })} />
      <Field {...common} name={`${prefix}validTo`} kind="moment" label={t('profile.validTo')} value={format.field(draft.validTo)} change={local => set({ validTo: format.fromField(local) })} />
      <fieldset className="nested">
        <legend>{t('profile.periods')}</legend>
        {wrong && <p className="fault small" role="alert">{wrong}</p>}
        {draft.periods.map((period, at) => {
          const cell = (member: 'start' | 'limit' | 'phases', label: string) => (
            <TextInput
              size="xs" name={`${prefix}schedule.periods[${at}].${member}`} label={label} inputMode="decimal" value={period[member]} maxLength={20}
              error={wrong !== undefined} onChange={changed => setPeriod(at, { [member]: changed.currentTarget.value })} />
          );
          return (
            <div key={at} className="periods">
              {cell('start', t('profile.after'))}
              {cell('limit', `${t('value.limit')}, ${draft.unit}`)}
              {cell('phases', t('configure.phases'))}
              <Button size="xs" variant="default" disabled={draft.periods.length === 1} aria-label={t('profile.removePeriod', { number: at + 1 })} onClick={() => set({ periods: draft.periods.filter((_, index) => index !== at) })}>×</Button>
            </div>
          );
        })}
        <Button size="xs" variant="default" onClick={() => set({ periods: [...draft.periods, { start: String((drawn.at(-1)?.start ?? 0) + 3_600), limit: draft.periods.at(-1)!.limit, phases: '' }] })}>{t('ocpp.add')}</Button>
      </fieldset>
      <Steps unit={draft.unit} until={drawnFor(drawn, Number.isFinite(duration) ? duration : null)} lines={[{ label: t('profile.curve'), periods: drawn }]} />
    </>
  );
}
