import { Button, Group, Stack, Table, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import { events } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { SavedViews } from '../views/SavedViews';

/** What happened that an operator may want to know, newest first. */
export function EventsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const { charger, cursor } = useSearch({ from: '/t/$tenant/events' });
  const navigate = useNavigate({ from: '/t/$tenant/events' });
  const may = useMay('events.read');
  const list = useQuery({ ...events({ charger, cursor }), enabled: may });
  const [draft, setDraft] = useState(charger ?? '');
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    void navigate({ search: { charger: draft || undefined } });
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('events.title')}</Title>
        <SavedViews page="events" search={() => ({ charger })} open={kept => void navigate({ search: kept })} />
      </Group>
      <form onSubmit={submit} className="filter" aria-label={t('session.filter')}>
        <TextInput size="xs" label={t('session.charger')} maxLength={48} value={draft} onChange={changed => setDraft(changed.currentTarget.value)} />
        <Button size="xs" type="submit">{t('session.filter')}</Button>
      </form>
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="muted">{t('events.none')}</p>}
      {list.data && list.data.items.length > 0 && (
        <Scroll label={t('events.title')} width={640}>
          <Table striped verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>{['command.when', 'events.kind', 'session.charger', 'events.detail'].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.items.map(event => (
                <Table.Tr key={event.id} data-event={event.kind}>
                  <Table.Td className="numbers">{format.moment(event.at)}</Table.Td>
                  <Table.Td>{event.kind}</Table.Td>
                  <Table.Td>
                    {event.charger && <Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: event.charger }}>{event.charger}</Link>}
                  </Table.Td>
                  <Table.Td>{event.detail}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <Group>
        {cursor && <Button variant="default" onClick={() => void navigate({ search: { charger } })}>{t('session.first')}</Button>}
        {list.data?.next && <Button variant="default" onClick={() => void navigate({ search: { charger, cursor: list.data.next! } })}>{t('session.more')}</Button>}
      </Group>
    </Stack>
  );
}
