import { Alert, Button, Group, Stack, Table, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, data } from '../../api/client';
import { audit } from '../../api/queries';
import { useMay } from '../../app/session';
import { Export } from '../../ui/Export';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';

/** Who changed and commanded what, with what was before and after; and whether anybody has tampered with that record. */
export function AuditPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { author, cursor } = useSearch({ from: '/t/$tenant/audit' });
  const navigate = useNavigate({ from: '/t/$tenant/audit' });
  const may = useMay('audit.read');
  const list = useQuery({ ...audit({ author, cursor }), enabled: may });
  const [draft, setDraft] = useState(author ?? '');
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    void navigate({ search: { author: draft || undefined } });
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('admin.audit')}</Title>
        <Export path="/api/v1/audit" endings={['ndjson']} />
      </Group>
      <Verification />
      <form onSubmit={submit} className="filter" aria-label={t('session.filter')}>
        <TextInput size="xs" label={t('admin.author')} maxLength={120} value={draft} onChange={changed => setDraft(changed.currentTarget.value)} />
        <Button size="xs" type="submit">{t('session.filter')}</Button>
      </form>
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data && (
        <Scroll label={t('admin.audit')} width={760}>
          <Table striped verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {['command.when', 'admin.author', 'admin.action', 'admin.target', 'admin.before', 'admin.after'].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.items.map(entry => (
                <Table.Tr key={entry.number} data-audit={entry.action}>
                  <Table.Td className="numbers">{format.moment(entry.at)}</Table.Td>
                  <Table.Td>{entry.author}<div className="muted small">{entry.address}</div></Table.Td>
                  <Table.Td>{entry.action}</Table.Td>
                  <Table.Td>{entry.target}</Table.Td>
                  <Table.Td><code className="payload">{textOf(entry.before)}</code></Table.Td>
                  <Table.Td><code className="payload">{textOf(entry.after)}</code></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <Group>
        {cursor && <Button variant="default" onClick={() => void navigate({ search: { author } })}>{t('session.first')}</Button>}
        {list.data?.next && <Button variant="default" onClick={() => void navigate({ search: { author, cursor: list.data.next! } })}>{t('session.more')}</Button>}
      </Group>
    </Stack>
  );
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : JSON.stringify(value));

function Verification() {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ['audit', 'verification'], enabled: false, queryFn: () => data(api.GET('/api/v1/audit/verification')) });
  return (
    <Group>
      <Button size="xs" variant="default" loading={found.isFetching} onClick={() => void found.refetch()}>{t('admin.verify')}</Button>
      {found.isError && <Failure fault={found.error} />}
      {found.data && (
        <Alert color={found.data.brokenAt === null ? 'green' : 'red'} variant="outline" role="status">
          {found.data.brokenAt === null ? t('admin.whole', { count: found.data.entries }) : t('admin.broken', { number: found.data.brokenAt })}
        </Alert>
      )}
    </Group>
  );
}
