import { Alert, Button, Group, Select, Stack, Table, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { reservations, reservationStatuses, type ReservationFilter } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure, useReason } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { SavedViews } from '../views/SavedViews';
import { ReservationForm } from './ReservationForm';
import { Timeline } from './Timeline';

type Reservation = Schemas['ReservationView'];

/** Connectors held for somebody: what was asked for, what the charger said, and what became of it. */
export function ReservationsPage() {
  const { t } = useTranslation();
  const { cursor, ...filter } = useSearch({ from: '/t/$tenant/reservations' });
  const navigate = useNavigate({ from: '/t/$tenant/reservations' });
  const list = useQuery(reservations(filter, cursor));
  const [opened, { open, close }] = useDisclosure(false);
  const mayReserve = useMay('calls.send');
  const words = ['charger.site', 'session.charger', 'session.tag', 'reservation.until', 'people.status', ...(mayReserve ? ['things.actions'] : [])];
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('reservation.title')}</Title>
        <Group gap="xs">
          <SavedViews page="reservations" search={() => filter} open={kept => void navigate({ search: kept })} />
          {mayReserve && <Button size="xs" variant="default" onClick={open}>{t('reservation.add')}</Button>}
        </Group>
      </Group>
      <Filter key={JSON.stringify(filter)} filter={filter} show={next => void navigate({ search: next })} />
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="muted">{t('reservation.none')}</p>}
      {list.data && <Timeline of={list.data.items} />}
      {list.data && list.data.items.length > 0 && (
        <Scroll label={t('reservation.title')} width={720}>
          <Table striped verticalSpacing={4}>
            <Table.Thead><Table.Tr>{words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{list.data.items.map(one => <Row key={one.id} one={one} mayCancel={mayReserve} />)}</Table.Tbody>
          </Table>
        </Scroll>
      )}
      <Group>
        {cursor && <Button variant="default" onClick={() => void navigate({ search: filter })}>{t('session.first')}</Button>}
        {list.data?.next && <Button variant="default" onClick={() => void navigate({ search: { ...filter, cursor: list.data.next! } })}>{t('session.more')}</Button>}
      </Group>
      {opened && <ReservationForm charger={filter.charger} close={close} />}
    </Stack>
  );
}

function Filter({ filter, show }: { filter: ReservationFilter; show: (next: ReservationFilter) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(filter);
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    show(draft);
  };
  return (
    <form onSubmit={submit} className="filter" aria-label={t('session.filter')}>
      <TextInput size="xs" label={t('session.charger')} maxLength={255} value={draft.charger ?? ''} onChange={changed => setDraft({ ...draft, charger: changed.currentTarget.value || undefined })} />
      <TextInput size="xs" label={t('session.tag')} maxLength={255} value={draft.idTag ?? ''} onChange={changed => setDraft({ ...draft, idTag: changed.currentTarget.value || undefined })} />
      <Select
        size="xs" label={t('people.status')} value={draft.status ?? ''} allowDeselect={false}
        data={[{ value: '', label: t('session.any') }, ...reservationStatuses.map(status => ({ value: status, label: t(`reservation.statuses.${status}`) }))]}
        onChange={chosen => setDraft({ ...draft, status: reservationStatuses.find(status => status === chosen) })} />
      <Button size="xs" type="submit">{t('session.filter')}</Button>
      {Object.values(filter).some(value => value !== undefined) && <Button size="xs" variant="default" onClick={() => show({})}>{t('session.clear')}</Button>}
    </form>
  );
}

function Row({ one, mayCancel }: { one: Reservation; mayCancel: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api.DELETE('/api/v1/reservations/{id}', { params: { path: { id: one.id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['reservations'] }),
  });
  const reason = useReason(cancel.error);
  const isOpen = one.endedAt === null;
  return (
    <Table.Tr data-reservation={one.id} data-status={one.status}>
      <Table.Td>{one.site ?? '—'}</Table.Td>
      <Table.Td>
        <Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: one.charger }}>{one.charger}</Link> · {one.connector === 0 ? t('reservation.any') : one.connector}
      </Table.Td>
      <Table.Td>{one.idTag}{one.parentIdTag && <span className="muted"> · {one.parentIdTag}</span>}</Table.Td>
      <Table.Td className="numbers">{format.moment(one.expiry)}</Table.Td>
      <Table.Td>
        {one.cancelling && isOpen ? t('reservation.cancelling') : t(`reservation.statuses.${one.status}`)}
        {one.outcome && <span className="muted"> · {one.outcome}</span>}
        <div className="muted small">{t('command.by', { user: one.requestedBy })}, {format.moment(one.requestedAt)}</div>
        {one.transaction !== null && <Link className="link small" to="/t/$tenant/sessions/$session" params={{ tenant, session: String(one.transaction) }}>{t('session.one', { id: one.transaction })}</Link>}
      </Table.Td>
      {mayCancel && (
        <Table.Td>
          {isOpen && !one.cancelling && <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('reservation.cancel')}</Button>}
          {cancel.isError && <Alert color="red" variant="outline" role="alert">{t('command.refused', { reason })}</Alert>}
        </Table.Td>
      )}
    </Table.Tr>
  );
}
