import { Alert, Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../../api/client';
import { proxyLinks } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { ChargerTabs } from '../chargers/ChargerTabs';
import { DeleteDialog } from '../configuration/FormParts';
import { LinkForm } from './LinkForm';

type Link = Schemas['ProxyLinkView'];

/** The systems that a charger is relayed to, and how the links stand. */
export function ProxyPage() {
  const { t } = useTranslation();
  const { charger } = useParams({ from: '/t/$tenant/chargers/$charger/proxy' });
  const mayWrite = useMay('fleet.write');
  const found = useQuery(proxyLinks(charger));
  const [adding, add] = useState(false);
  return (
    <Stack>
      <ChargerTabs charger={charger} />
      <p className="muted small">{t('proxy.about')}</p>
      {mayWrite && <Group><Button size="xs" onClick={() => add(true)}>{t('proxy.add')}</Button></Group>}
      {found.isError && <Failure fault={found.error} retry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p className="muted">{t('proxy.none')}</p>}
      {found.data?.items.map(link => <LinkCard key={link.link} charger={charger} link={link} mayWrite={mayWrite} />)}
      {adding && <LinkForm charger={charger} link={null} close={() => add(false)} />}
    </Stack>
  );
}

function LinkCard({ charger, link, mayWrite }: { charger: string; link: Link; mayWrite: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [editing, edit] = useState(false);
  const [deleting, remove] = useState(false);
  return (
    <Paper withBorder p="sm" component="section" aria-label={link.link} data-link={link.link}>
      <Group justify="space-between" mb="xs">
        <Group gap="xs">
          <strong className="wrap">{link.link}</strong>
          {link.state && <span>{t(`proxy.states.${link.state}`)}</span>}
          {link.since && <span className="muted small">{t('proxy.since', { moment: format.moment(link.since) })}</span>}
        </Group>
        {mayWrite && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => edit(true)}>{t('configure.edit')}</Button>
            <Button size="xs" variant="default" onClick={() => remove(true)}>{t('configure.delete')}</Button>
          </Group>
        )}
      </Group>
      <p className="small wrap"><code>{link.url}</code> · {t('proxy.as', { identity: link.identity })} · {t(`proxy.roles.${link.role}`)}</p>
      {link.problem && <p className="small wrap" role="status">{link.problem}</p>}
      <p className="small">
        {t('proxy.queued', { count: link.queued })}
        {link.oldestQueuedAt && ` · ${t('proxy.oldest', { moment: format.moment(link.oldestQueuedAt) })}`}
      </p>
      {link.parked > 0 && <Parked charger={charger} link={link} mayWrite={mayWrite} />}
      {editing && <LinkForm charger={charger} link={link} close={() => edit(false)} />}
      {deleting && <Removal charger={charger} link={link} close={() => remove(false)} />}
    </Paper>
  );
}

/** What the system refused again and again: it is sent once more, or dropped. */
function Parked({ charger, link, mayWrite }: { charger: string; link: Link; mayWrite: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const params = { path: { charger, link: link.link } };
  const settled = { onSuccess: () => queries.invalidateQueries({ queryKey: proxyLinks(charger).queryKey }) };
  const retry = useMutation({ mutationFn: () => data(api.POST('/api/v1/chargers/{charger}/proxy-links/{link}/retry', { params })), ...settled });
  const drop = useMutation({ mutationFn: () => data(api.POST('/api/v1/chargers/{charger}/proxy-links/{link}/drop', { params })), ...settled });
  const fault = retry.error ?? drop.error;
  return (
    <Alert color="orange" variant="outline">
      <p className="wrap">{t('proxy.parked', { count: link.parked })} {link.parkedProblem}</p>
      {mayWrite && (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>{t('proxy.retry')}</Button>
          <Button size="xs" variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>{t('proxy.drop')}</Button>
        </Group>
      )}
      {fault && <Failure fault={fault} />}
    </Alert>
  );
}

function Removal({ charger, link, close }: { charger: string; link: Link; close: () => void }) {
  const queries = useQueryClient();
  const removal = useMutation({
    mutationFn: () => api.DELETE('/api/v1/chargers/{charger}/proxy-links/{link}', { params: { path: { charger, link: link.link } } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: proxyLinks(charger).queryKey });
      close();
    },
  });
  return <DeleteDialog name={link.link} opened close={close} remove={() => removal.mutate()} fault={removal.error} />;
}
