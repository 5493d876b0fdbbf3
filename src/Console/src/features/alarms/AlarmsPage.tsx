import { Alert, Button, Group, NativeSelect, Stack, Table, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { alarms, alarmStates, type AlarmFilter } from '../../api/alarms';
import { api, ApiError, data, type Schemas } from '../../api/client';
import { useMay } from '../../app/session';
import { Failure, useReason } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { KeptQuiet } from './KeptQuiet';
import { Level, useAlarmName } from './names';
import { useAlarmRights } from './rights';
import { InhibitForm } from './SuppressionForms';

type Alarm = Schemas['AlarmView'];

/** What somebody should look at, newest first; that they have; and what is kept quiet meanwhile. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const { cursor, ...filter } = useSearch({ from: '/t/$tenant/alarms' });
  const navigate = useNavigate({ from: '/t/$tenant/alarms' });
  const may = useMay('alarms.read');
  const rights = useAlarmRights();
  const list = useQuery({ ...alarms(filter, cursor), enabled: may });
  const acknowledge = useAcknowledge();
  const [inhibited, inhibit] = useState<Alarm | null>(null);
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  const shown = list.data?.items ?? [];
  const ids = shown.map(alarm => alarm.id);
  const onlyOpen = (filter.state ?? 'open') === 'open';
  // Where there are more than are shown, nobody acknowledges those that they have not seen.
  const all = list.data?.next ? { ids } : { charger: filter.charger, asOf: Math.max(...ids) };
  const acts = rights.acknowledgesAny || rights.suppresses;
  const words = ['alarms.what', 'session.charger', ...(acts ? ['things.actions'] : []), 'alarms.since', 'alarms.last', 'alarms.times', 'events.detail', 'alarms.state'];
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('alarms.title')}</Title>
        {onlyOpen && !cursor && rights.acknowledgesAny && shown.length > 0 && (
          // What is still shown of another filter is not what would be acknowledged.
          <Button size="xs" variant="default" disabled={list.isPlaceholderData} loading={acknowledge.isPending} onClick={() => acknowledge.mutate(all)}>{t('alarms.acknowledgeAll')}</Button>
        )}
      </Group>
      <Filter key={JSON.stringify(filter)} filter={filter} show={next => void navigate({ search: next })} />
      <Outcome of={acknowledge.data} fault={acknowledge.error} />
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data && shown.length === 0 && <p className="muted">{t('alarms.none')}</p>}
      {shown.length > 0 && (
        <Scroll label={t('alarms.title')} width={960}>
          <Table striped verticalSpacing={4}>
            <Table.Thead><Table.Tr>{words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {shown.map(alarm => (
                <Row key={alarm.id} alarm={alarm}>
                  {acts && (
                    <Table.Td>
                      {alarm.state === 'open' && (
                        <Stack gap={4} align="flex-start">
                          {rights.acknowledges(alarm.level) && (
                            <Button
                              size="xs" variant="default" loading={acknowledge.isPending && acknowledge.variables.ids?.includes(alarm.id)}
                              onClick={() => acknowledge.mutate({ ids: [alarm.id] })}>
                              {t('alarms.acknowledge')}
                            </Button>
                          )}
                          {rights.masks(alarm.level) && (alarm.charger !== null || rights.seesAll) && (
                            <Button size="xs" variant="default" onClick={() => inhibit(alarm)}>{t('alarms.inhibit')}</Button>
                          )}
                        </Stack>
                      )}
                    </Table.Td>
                  )}
                </Row>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <Group>
        {cursor && <Button variant="default" onClick={() => void navigate({ search: filter })}>{t('session.first')}</Button>}
        {list.data?.next && <Button variant="default" onClick={() => void navigate({ search: { ...filter, cursor: list.data.next! } })}>{t('session.more')}</Button>}
      </Group>
      <KeptQuiet charger={filter.charger} />
      {inhibited && <InhibitForm alarm={inhibited} close={() => inhibit(null)} />}
    </Stack>
  );
}

function useAcknowledge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (which: Schemas['AlarmAcknowledgement']) => data(api.POST('/api/v1/alarms/ack', { body: which })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alarms'] }),
  });
}

/** What became of an acknowledgement: some may be left, and nobody is to think that they are not. */
function Outcome({ of, fault }: { of: Schemas['AlarmsAcknowledged'] | undefined; fault: unknown }) {
  const { t } = useTranslation();
  const reason = useReason(fault);
  if (fault) return <Alert color="red" variant="outline" role="alert">{t('command.refused', { reason })}</Alert>;
  if (!of) return null;
  const left = (['skippedByRight', 'skippedNewer', 'alreadyAcknowledged'] as const).filter(member => of[member] > 0);
  return <p role="status">{(['acknowledged', ...left] as const).map(member => t(`alarms.outcomes.${member}`, { count: of[member] })).join(' · ')}</p>;
}

function Filter({ filter, show }: { filter: AlarmFilter; show: (next: AlarmFilter) => void }) {
  const { t } = useTranslation();
  const [charger, setCharger] = useState(filter.charger ?? '');
  const [state, setState] = useState(filter.state ?? 'open');
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    show({ charger: charger || undefined, state: state === 'open' ? undefined : state });
  };
  return (
    <form onSubmit={submit} className="filter" aria-label={t('session.filter')}>
      <NativeSelect
        size="xs" name="state" label={t('alarms.state')} value={state} data={alarmStates.map(one => ({ value: one, label: t(`alarms.filters.${one}`) }))}
        onChange={changed => setState(alarmStates.find(one => one === changed.currentTarget.value) ?? 'open')} />
      <TextInput size="xs" label={t('session.charger')} maxLength={48} value={charger} onChange={changed => setCharger(changed.currentTarget.value)} />
      <Button size="xs" type="submit">{t('session.filter')}</Button>
    </form>
  );
}

/** What can be done comes early: on a phone the rest is a sweep away. */
function Row({ alarm, children }: { alarm: Alarm; children: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useAlarmName();
  const { tenant } = useParams({ from: '/t/$tenant' });
  return (
    <Table.Tr data-alarm={alarm.definition} data-state={alarm.state}>
      <Table.Td><Level level={alarm.level} /><div>{nameOf(alarm.definition)}</div></Table.Td>
      <Table.Td>
        {alarm.charger !== null && <Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: alarm.charger }}>{alarm.charger}</Link>}
      </Table.Td>
      {children}
      <Table.Td className="numbers">{format.moment(alarm.raisedAt)}</Table.Td>
      <Table.Td className="numbers">{format.moment(alarm.lastAt)}</Table.Td>
      <Table.Td className="numbers">{format.number(alarm.count)}</Table.Td>
      <Table.Td>{alarm.detail}</Table.Td>
      <Table.Td>
        {t(`alarms.states.${alarm.state}`)}
        {alarm.acknowledgedAt !== null && <div className="muted small">{t('command.by', { user: alarm.acknowledgedBy })}, {format.moment(alarm.acknowledgedAt)}</div>}
        {alarm.comment && <div className="muted small">{alarm.comment}</div>}
      </Table.Td>
    </Table.Tr>
  );
}
