import { useTranslation } from 'react-i18next';
import { Field, numberOf, textOf } from './FormParts';

const numbers = ['maxCurrent', 'maxPower', 'priority', 'launchEnergy', 'deadBand', 'hysteresis', 'increaseIntervalSeconds'] as const;
export const energyMembers = [...numbers, 'phases', 'current', 'holdMinimum'] as const;

type Numbers = Partial<Record<(typeof numbers)[number] | 'phases', number | null>>;

/** What the allocation may ask of a connector, as it is in the API; on a charger the defaults of its connectors. */
export type Parameters = Numbers & { current?: string | null; holdMinimum?: boolean | null };

/** The same as it is typed. */
export type EnergyDraft = Record<(typeof energyMembers)[number], string>;

export const energyDraftOf = (from: Parameters): EnergyDraft => ({
  ...(Object.fromEntries([...numbers, 'phases' as const].map(name => [name, textOf(from[name])])) as Record<(typeof numbers)[number] | 'phases', string>),
  current: from.current ?? '',
  holdMinimum: from.holdMinimum === null || from.holdMinimum === undefined ? '' : from.holdMinimum ? 'yes' : 'no',
});

export const parametersOf = (draft: EnergyDraft): Parameters => ({
  ...Object.fromEntries([...numbers, 'phases' as const].map(name => [name, numberOf(draft[name])])),
  current: draft.current || null,
  holdMinimum: draft.holdMinimum === '' ? null : draft.holdMinimum === 'yes',
});

/** The fields of these. What is empty is as above it: the charger's, the site's, or the usual. */
export function EnergyFields({ draft, fault, prefix = '', change }: { draft: EnergyDraft; fault: unknown; prefix?: string; change: (draft: EnergyDraft) => void }) {
  const { t } = useTranslation();
  const field = (name: keyof EnergyDraft, choices?: { value: string; label: string }[]) => (
    <Field
      key={name} name={prefix + name} label={t(`parameter.${name}`)} value={draft[name]} fault={fault} kind={choices ? 'text' : 'number'} {...(choices ? { choices } : {})}
      change={text => change({ ...draft, [name]: text })} />
  );
  const words = (values: string[]) => ['', ...values].map(value => ({ value, label: value || '—' }));
  return (
    <>
      <p className="muted small">{t('parameter.hint')}</p>
      {numbers.map(name => field(name))}
      {field('phases', words(['1', '2', '3']))}
      {field('current', words(['AC', 'DC']))}
      {field('holdMinimum', ['', 'yes', 'no'].map(value => ({ value, label: value === '' ? '—' : t(`configure.${value}`) })))}
    </>
  );
}
