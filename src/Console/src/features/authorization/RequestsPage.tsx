import { Alert, Button, Group, Stack, Table, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ApiError, type Schemas } from '../../api/client';
import { authorizationRequests } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure, useReason } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { Takeover } from './Takeover';

type Request = Schemas['AuthorizationRequestView'];

/** Tags that wait for an operator's word, and those that were decided. */
export function RequestsPage() {
  const { t } = useTranslation();
  const may = useMay('tags.authorize');
  const list = useQuery({ ...authorizationRequests, enabled: may });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  const open = list.data.items.filter(one => one.state === 'open');
  const decided = list.data.items.filter(one => one.state !== 'open');
  return (
    <Stack>
      <Title order={1} size="h3">{t('authorization.title')}</Title>
      <Takeover />
      <section aria-live="polite" aria-labelledby="waiting">
        <Title order={2} size="h5" id="waiting" mb="xs">{t('authorization.waiting', { count: open.length })}</Title>
        {open.length === 0 ? <p className="muted">{t('authorization.nobody')}</p> : <Requests label={t('authorization.waiting', { count: open.length })} list={open} />}
      </section>
      {decided.length > 0 && (
        <section aria-labelledby="decided">
          <Title order={2} size="h5" id="decided" mb="xs">{t('authorization.decided')}</Title>
          <Requests label={t('authorization.decided')} list={decided} />
        </section>
      )}
    </Stack>
  );
}

function Requests({ label, list }: { label: string; list: Request[] }) {
  const { t } = useTranslation();
  return (
    <Scroll label={label} width={560}>
      <Table striped verticalSpacing={4}>
        <Table.Thead><Table.Tr>{['session.tag', 'session.charger', 'command.when', 'command.outcome'].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{list.map(one => <Row key={one.id} one={one} />)}</Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Row({ one }: { one: Request }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const queries = useQueryClient();
  const answer = useMutation({
    mutationFn: (status: string) => api.POST('/api/v1/authorization-requests/{id}/answer', { params: { path: { id: one.id } }, body: { status } }),
    onSettled: () => queries.invalidateQueries({ queryKey: authorizationRequests.queryKey }),
  });
  const reason = useReason(answer.error);
  return (
    <Table.Tr data-request={one.idTag} data-state={one.state}>
      <Table.Td>{one.idTag}<div className="muted small">{t('authorization.tagIs', { status: one.tagStatus })}</div></Table.Td>
      <Table.Td>
        <Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: one.charger }}>{one.charger}</Link>{one.connector !== null && ` · ${one.connector}`}
      </Table.Td>
      <Table.Td className="numbers">{format.moment(one.askedAt)}{one.state === 'open' && <div className="muted small">{t('authorization.until', { time: format.time(Date.parse(one.expiresAt)) })}</div>}</Table.Td>
      <Table.Td>
        {one.state === 'open' ? (
          <Group gap="xs" wrap="nowrap">
            <Button size="xs" loading={answer.isPending} onClick={() => answer.mutate('Accepted')}>{t('authorization.accept')}</Button>
            <Button size="xs" variant="default" loading={answer.isPending} onClick={() => answer.mutate('Blocked')}>{t('authorization.block')}</Button>
          </Group>
        ) : (
          <>{one.status ?? t(`authorization.states.${one.state}`)}{one.answeredBy && <span className="muted"> · {t('command.by', { user: one.answeredBy })}</span>}</>
        )}
        {answer.isError && <Alert color="red" variant="outline" role="alert">{t('command.refused', { reason })}</Alert>}
      </Table.Td>
    </Table.Tr>
  );
}
