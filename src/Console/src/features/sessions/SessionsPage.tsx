import { Button, Group, Select, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sessions, sites, type SessionFilter } from '../../api/queries';
import type { SessionSearch } from '../../app/router';
import { useColumns } from '../../ui/columns';
import { Export } from '../../ui/Export';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { SavedViews } from '../views/SavedViews';
import { SessionTable, sessionColumns } from './SessionTable';

/** Sessions by what is looked for. The filter is in the address, and the export is of exactly what it lets through. */
export function SessionsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/t/$tenant/sessions' });
  const navigate = useNavigate({ from: '/t/$tenant/sessions' });
  const filter = filterOf(search);
  const list = useQuery(sessions(filter, search.cursor));
  const show = (next: SessionSearch) => void navigate({ search: next });
  const { cursor, ...kept } = search;
  const columns = useColumns('sessions', sessionColumns);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('session.title')}</Title>
        <Group gap="xs">
          <SavedViews page="sessions" search={() => kept} open={show} />
          {columns.choice}
          <Export path="/api/v1/transactions" query={queryOf(filter)} endings={['csv', 'xlsx']} />
        </Group>
      </Group>
      <Filter key={JSON.stringify(kept)} search={kept} show={show} />
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data && <SessionTable sessions={list.data.items} shows={columns.shows} />}
      <Group>
        {cursor && <Button variant="default" onClick={() => show(kept)}>{t('session.first')}</Button>}
        {list.data?.next && <Button variant="default" onClick={() => show({ ...kept, cursor: list.data.next! })}>{t('session.more')}</Button>}
      </Group>
    </Stack>
  );
}

function Filter({ search, show }: { search: SessionSearch; show: (next: SessionSearch) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useQuery(sites).data ?? [];
  const [draft, setDraft] = useState(search);
  const field = (name: 'charger' | 'idTag' | 'vehicle', word: string) => (
    <TextInput
      size="xs" label={t(word)} maxLength={255} value={draft[name] ?? ''}
      onChange={changed => setDraft({ ...draft, [name]: changed.currentTarget.value || undefined })} />
  );
  const moment = (name: 'from' | 'to') => (
    <TextInput
      size="xs" type="datetime-local" label={t(`session.${name}`)} value={format.field(draft[name])}
      onChange={changed => setDraft({ ...draft, [name]: format.fromField(changed.currentTarget.value) })} />
  );
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    show(draft);
  };
  return (
    <form onSubmit={submit} className="filter" aria-label={t('session.filter')}>
      <Select
        size="xs" label={t('session.site')} value={draft.site ?? ''} allowDeselect={false}
        data={[{ value: '', label: t('session.any') }, ...names.map(site => ({ value: site.site, label: site.name }))]}
        onChange={chosen => setDraft({ ...draft, site: chosen || undefined })} />
      {field('charger', 'session.charger')}
      <TextInput
        size="xs" type="number" min={1} max={100} label={t('session.connector')} value={draft.connector ?? ''}
        onChange={changed => setDraft({ ...draft, connector: changed.currentTarget.valueAsNumber || undefined })} />
      {field('idTag', 'session.tag')}
      {field('vehicle', 'session.vehicle')}
      {moment('from')}
      {moment('to')}
      <Select
        size="xs" label={t('session.status')} value={draft.status ?? ''} allowDeselect={false}
        data={[{ value: '', label: t('session.any') }, ...(['active', 'ended'] as const).map(one => ({ value: one, label: t(`session.${one}`) }))]}
        onChange={chosen => setDraft({ ...draft, status: (chosen || undefined) as SessionSearch['status'] })} />
      <Button size="xs" type="submit">{t('session.filter')}</Button>
      {Object.values(search).some(value => value !== undefined) && <Button size="xs" variant="default" onClick={() => show({})}>{t('session.clear')}</Button>}
    </form>
  );
}

function filterOf({ status, cursor: _, ...rest }: SessionSearch): SessionFilter {
  return status === undefined ? rest : { ...rest, active: status === 'active' };
}

function queryOf(filter: SessionFilter): string {
  const query = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
  return query.size === 0 ? '' : `?${query}`;
}
