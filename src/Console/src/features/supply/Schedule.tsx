import { Button, Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Field, faultAt } from '../configuration/FormParts';
import { days, newKey, type Draft } from './tree';

interface Props {
  entries: Draft['schedule'];
  unit: string;
  fault: unknown;
  change: (entries: Draft['schedule']) => void;
}

/** The limit at the grid connection by the time of the week: each entry counts until the next. */
export function Schedule({ entries, unit, fault, change }: Props) {
  const { t, i18n } = useTranslation();
  const wordOf = (day: number) => new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day)); // the first was a Monday
  const set = (at: number, members: Partial<Draft['schedule'][number]>) => change(entries.map((entry, place) => (place === at ? { ...entry, ...members } : entry)));
  const inAll = faultAt(fault, 'tree.schedule');
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="week">
      <Title order={2} size="h5" id="week">{t('supply.week')}</Title>
      <p className="muted small">{t('supply.weekHint')}</p>
      {inAll && <p role="alert" className="fault">{inAll}</p>}
      {entries.map((entry, at) => (
        <div key={entry.key} className="filter node" data-scheduled={`${entry.day} ${entry.from}`}>
          <Field fault={fault} name={`tree.schedule[${at}].day`} label={t('supply.day')} value={entry.day} choices={days.map((value, day) => ({ value, label: wordOf(day) }))} change={day => set(at, { day })} />
          <Field fault={fault} name={`tree.schedule[${at}].from`} label={t('supply.from')} kind="time" value={entry.from} change={from => set(at, { from })} />
          <Field fault={fault} name={`tree.schedule[${at}].limit`} label={`${t('site.limit')}, ${unit}`} kind="number" value={entry.limit} change={limit => set(at, { limit })} />
          <Button size="xs" variant="default" onClick={() => change(entries.filter(one => one !== entry))}>{t('supply.remove')}</Button>
        </div>
      ))}
      <Button size="xs" variant="default" onClick={() => change([...entries, { key: newKey(), day: 'Monday', from: '00:00', limit: '' }])}>{t('supply.addLimit')}</Button>
    </Paper>
  );
}
