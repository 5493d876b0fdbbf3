import { Group, Select, Stack, Table, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, data, type Schemas } from '../../api/client';
import { batches, operations, sites } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { Field, numberOf } from '../configuration/FormParts';
import { RequestForm } from '../console/RequestForm';
import { Progress } from './Progress';

/** One operation for all chargers of a site, at a pace, and how far each of these has come. */
export function BatchesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const [may, maySend] = [useMay('commands.read'), useMay('calls.send')];
  const list = useQuery({ ...batches, enabled: may });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  return (
    <Stack>
      <Title order={1} size="h3">{t('nav.batches')}</Title>
      {maySend && <NewBatch />}
      {list.data.items.length === 0 && <p className="muted">{t('batch.none')}</p>}
      {list.data.items.length > 0 && (
        <Scroll label={t('nav.batches')} width={600}>
          <Table striped verticalSpacing={4}>
            <Table.Thead><Table.Tr>{['command.action', 'command.when', 'people.status', 'batch.progress'].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {list.data.items.map(batch => (
                <Table.Tr key={batch.id} data-batch={batch.id} data-status={batch.status}>
                  <Table.Td><Link className="link" to="/t/$tenant/batches/$batch" params={{ tenant, batch: String(batch.id) }}>{batch.action}</Link></Table.Td>
                  <Table.Td className="numbers">{format.moment(batch.requestedAt)}<div className="muted small">{t('command.by', { user: batch.requestedBy })}</div></Table.Td>
                  <Table.Td>{t(`batch.statuses.${batch.status}`)}</Table.Td>
                  <Table.Td>{batch.progress && <Progress of={batch.progress} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Stack>
  );
}

function NewBatch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const any = useMay('calls.send-any');
  const known = useQuery(sites).data ?? [];
  const offered = (useQuery(operations).data?.items ?? []).filter(one => any || one.permission === 'calls.send');
  const [site, setSite] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const [perSecond, setPerSecond] = useState('');
  const operation = offered.find(one => one.action === action);
  const begin = useMutation({
    mutationFn: (payload: Schemas['JsonElement']) =>
      data(api.POST('/api/v1/batches', { body: { action, payload: payload as never, site, perSecond: numberOf(perSecond) } })) as Promise<Schemas['BatchView']>,
    onSuccess: async batch => {
      await queries.invalidateQueries({ queryKey: batches.queryKey });
      await navigate({ to: '/t/$tenant/batches/$batch', params: { tenant, batch: String(batch.id) } });
    },
  });
  return (
    <section className="narrow-form" aria-label={t('batch.add')}>
      <Title order={2} size="h5" mb="xs">{t('batch.add')}</Title>
      <Group align="end" gap="xs" mb="xs">
        <Select size="xs" label={t('charger.site')} value={site} data={known.map(one => ({ value: one.site, label: one.name }))} onChange={setSite} />
        <Select size="xs" searchable label={t('command.action')} value={action} data={offered.map(one => one.action)} onChange={setAction} />
        <Field fault={begin.error} name="perSecond" kind="number" label={t('batch.perSecond')} value={perSecond} change={setPerSecond} />
      </Group>
      {site && operation && <RequestForm key={operation.action} operation={operation} send={payload => begin.mutate(payload as never)} sending={begin.isPending} fault={begin.error} />}
    </section>
  );
}
