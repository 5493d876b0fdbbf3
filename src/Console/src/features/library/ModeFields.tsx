import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { Field, numberOf, textOf } from '../configuration/FormParts';

type Mode = Schemas['OperatingModeMembers'];

const choices = {
  purpose: ['TxProfile', 'TxDefaultProfile', 'ChargePointMaxProfile'],
  kind: ['Absolute', 'Relative', 'Recurring'],
  unit: ['A', 'W'],
  current: ['perPhase', 'total'],
} as const;
const numbers = ['step', 'minimum', 'stackLevel', 'settleSeconds'] as const;
const answers = ['zeroAllowed', 'resendAfterResume', 'clearFirst'] as const;
const members = [...(Object.keys(choices) as (keyof typeof choices)[]), ...numbers, ...answers];

/** The members that the fields show the faults of; the first is that of none at all. */
export const modeMembers = members.map(member => `smartCharging.${member}`);

export type ModeDraft = Record<(typeof members)[number], string>;

export const modeDraftOf = (mode: Mode): ModeDraft => Object.fromEntries(members.map(name => {
  const value = mode[name];
  return [name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'number' ? textOf(value) : (value ?? '')];
})) as ModeDraft;

/** What is sent of a draft. What is no number goes as it is, and the API says so. */
export const modeOf = (draft: ModeDraft): Mode => ({
  purpose: draft.purpose || null, kind: draft.kind || null, unit: draft.unit || null, current: draft.current || null,
  ...Object.fromEntries(numbers.map(name => [name, numberOf(draft[name])])),
  ...Object.fromEntries(answers.map(name => [name, draft[name] === '' ? null : draft[name] === 'yes'])),
});

/** What a mode says, in one line. */
export const modeWords = (mode: Mode, t: TFunction): string => members
  .filter(name => mode[name] !== null && mode[name] !== undefined)
  .map(name => {
    const value = mode[name];
    return t('changes.pair', { name: t(`mode.${name}`), value: typeof value === 'boolean' ? t(value ? 'configure.yes' : 'configure.no') : name === 'current' ? t(`mode.currents.${value}`) : value });
  })
  .join(', ');

/** The fields of these. What is empty is as the charger's model says, or the standard. */
export function ModeFields({ draft, fault, change }: { draft: ModeDraft; fault: unknown; change: (draft: ModeDraft) => void }) {
  const { t } = useTranslation();
  const field = (name: keyof ModeDraft, words?: { value: string; label: string }[]) => (
    <Field
      key={name} name={`smartCharging.${name}`} label={t(`mode.${name}`)} value={draft[name]} fault={fault} kind={words ? 'text' : 'number'} {...(words ? { choices: words } : {})}
      change={text => change({ ...draft, [name]: text })} />
  );
  const unset = { value: '', label: '—' };
  return (
    <>
      <p className="muted small">{t('mode.hint')}</p>
      {(['purpose', 'kind', 'unit'] as const).map(name => field(name, [unset, ...choices[name].map(value => ({ value, label: value }))]))}
      {field('current', [unset, ...choices.current.map(value => ({ value, label: t(`mode.currents.${value}`) }))])}
      {numbers.map(name => field(name))}
      {answers.map(name => field(name, [unset, ...['yes', 'no'].map(value => ({ value, label: t(`configure.${value}`) }))]))}
    </>
  );
}
