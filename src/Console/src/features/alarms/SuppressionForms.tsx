import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alarmSuppressions } from '../../api/alarms';
import { api, type Schemas } from '../../api/client';
import { Field, FormDialog } from '../configuration/FormParts';
import { useSave } from '../configuration/Things';
import { useAlarmName } from './names';
import { useAlarmRights } from './rights';

const aMinute = 60_000;
const anHour = 60 * aMinute;
const hours = [1, 4, 8, 24];
const days = [1, 7, 30];
const mostReason = 500;

/** The longest span ends a minute early: the clock of this machine may be ahead of the server's, which takes no more than that. */
const untilOf = (span: number, longest: number): string => new Date(Date.now() + Math.min(span * anHour, longest * anHour - aMinute)).toISOString();

/** Keeps an alarm from being raised for some hours. */
export function InhibitForm({ alarm, close }: { alarm: Schemas['AlarmView']; close: () => void }) {
  const { t } = useTranslation();
  const nameOf = useAlarmName();
  const { seesAll } = useAlarmRights();
  const [span, setSpan] = useState('1');
  const [reason, setReason] = useState('');
  const [scope, setScope] = useState(alarm.charger === null ? 'all' : 'one');
  const save = useSave(
    alarmSuppressions,
    () =>
      api.POST('/api/v1/alarm-suppressions', {
        body: { kind: 'inhibited', definition: alarm.definition, charger: scope === 'one' ? alarm.charger : null, until: untilOf(Number(span), 24), reason: reason || null },
      }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog
      title={t('alarms.inhibitTitle', { name: nameOf(alarm.definition) })} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error}
      members={alarm.charger === null ? ['until', 'reason'] : ['until', 'reason', 'charger']} word={t('alarms.inhibit')}>
      {alarm.charger !== null && (
        <Field
          {...common} name="charger" label={t('session.charger')} value={scope} change={setScope}
          choices={[{ value: 'one', label: alarm.charger }, ...(seesAll ? [{ value: 'all', label: t('alarms.allChargers') }] : [])]} />
      )}
      <Field {...common} name="until" label={t('alarms.for')} value={span} choices={hours.map(count => ({ value: String(count), label: t('alarms.hours', { count }) }))} change={setSpan} />
      <Field {...common} name="reason" label={t('alarms.why')} value={reason} needed most={mostReason} change={setReason} />
    </FormDialog>
  );
}

/** Keeps all alarms of a charger from being raised while somebody works on it. */
export function MaintenanceForm({ charger: first, close }: { charger: string | undefined; close: () => void }) {
  const { t } = useTranslation();
  const [charger, setCharger] = useState(first ?? '');
  const [span, setSpan] = useState('1');
  const [reason, setReason] = useState('');
  const save = useSave(
    alarmSuppressions,
    () =>
      api.POST('/api/v1/alarm-suppressions', {
        body: { kind: 'maintenance', charger: charger || null, until: untilOf(Number(span) * 24, 30 * 24), reason: reason || null },
      }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog
      title={t('alarms.maintain')} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={['charger', 'until', 'reason']}>
      <Field {...common} name="charger" label={t('session.charger')} value={charger} needed change={setCharger} />
      <Field {...common} name="until" label={t('alarms.for')} value={span} choices={days.map(count => ({ value: String(count), label: t('alarms.days', { count }) }))} change={setSpan} />
      <Field {...common} name="reason" label={t('alarms.why')} value={reason} needed most={mostReason} change={setReason} />
    </FormDialog>
  );
}
