import { Button, Group, Paper, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { localList } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';

/** The list of tags that the charger keeps for when it is offline, and whether it is in step with what is configured. */
export function LocalList({ charger }: { charger: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const may = useMay('tags.read');
  const maySend = useMay('calls.send-any');
  const query = localList(charger);
  const list = useQuery({ ...query, enabled: may });
  const sync = useMutation({
    mutationFn: () => api.POST('/api/v1/chargers/{charger}/local-list/sync', { params: { path: { charger } }, body: { full: true } }),
    onSettled: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  });
  if (!may || !list.data) return null;
  const one = list.data;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="local-list">
      <Title order={2} size="h5" id="local-list" mb="xs">{t('localList.title')}</Title>
      <Facts>
        <Fact label={t('localList.mode')}>{t(`localList.modes.${one.mode}`)}</Fact>
        <Fact label={t('localList.inStep')}>{one.inStep ? t('configure.yes') : t('configure.no')}</Fact>
        <Fact label={t('localList.version')}>{one.version ?? '—'}</Fact>
        <Fact label={t('localList.leftOut')}>{format.number(one.leftOut)}</Fact>
        <Fact label={t('keys.outcome')}>{one.outcome ?? '—'}</Fact>
        <Fact label={t('command.when')}>{format.moment(one.at)}</Fact>
      </Facts>
      {maySend && <Group mt="xs"><Button size="xs" variant="default" loading={sync.isPending} onClick={() => sync.mutate()}>{t('localList.sync')}</Button></Group>}
      {sync.isError && <Failure fault={sync.error} />}
    </Paper>
  );
}
