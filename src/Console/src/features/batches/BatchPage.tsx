import { Button, Group, Stack, Table, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, data } from '../../api/client';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { Progress } from './Progress';

/** One batch, charger by charger. */
export function BatchPage() {
  const { t } = useTranslation();
  const { tenant, batch: id } = useParams({ from: '/t/$tenant/batches/$batch' });
  const queries = useQueryClient();
  const maySend = useMay('calls.send');
  const found = useQuery({
    queryKey: ['batches', id],
    queryFn: async () => {
      const path = { id: Number(id) };
      const [batch, items] = await Promise.all([
        data(api.GET('/api/v1/batches/{id}', { params: { path } })),
        data(api.GET('/api/v1/batches/{id}/items', { params: { path, query: { limit: 1000 } } })),
      ]);
      return { batch, items: items.items };
    },
    refetchInterval: 2_000,
  });
  const cancel = useMutation({
    mutationFn: () => api.DELETE('/api/v1/batches/{id}', { params: { path: { id: Number(id) } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['batches'] }),
  });
  if (found.isError) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return null;
  const { batch, items } = found.data;
  return (
    <Stack data-batch={batch.id} data-status={batch.status}>
      <Group justify="space-between">
        <Title order={1} size="h3">{batch.action} <span className="muted">· {t(`batch.statuses.${batch.status}`)}</span></Title>
        {maySend && batch.status === 'running' && <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('batch.cancel')}</Button>}
      </Group>
      {cancel.isError && <Failure fault={cancel.error} />}
      <code className="payload">{JSON.stringify(batch.payload)}</code>
      {batch.progress && <Progress of={batch.progress} />}
      <Scroll label={batch.action} width={400}>
        <Table striped verticalSpacing={4}>
          <Table.Tbody>
            {items.map(item => (
              <Table.Tr key={item.charger} data-item={item.charger} data-status={item.status}>
                <Table.Td><Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: item.charger }}>{item.charger}</Link></Table.Td>
                <Table.Td className={`outcome outcome-${item.status}`}>{t([`command.status.${item.status}`, `batch.items.${item.status}`])}</Table.Td>
                <Table.Td>{item.refusal}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Stack>
  );
}
