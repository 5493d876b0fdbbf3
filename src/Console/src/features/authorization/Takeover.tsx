import { Alert, Button, Group, NativeSelect, Paper, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { siteAuthorization, sites } from '../../api/queries';
import { useReason } from '../../ui/Failure';
import { useFormat } from '../../ui/format';

const modes = ['manual', 'tags', 'accept'] as const;
const fallbacks = ['tags', 'accept', 'reject'] as const;
const hours = [0.25, 1, 4, 12, 24];

/** Decides for a while who answers the tags at a site, and gives that back. */
export function Takeover() {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const known = useQuery(sites).data ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const site = chosen ?? known[0]?.site ?? '';
  const query = siteAuthorization(site);
  const now = useQuery({ ...query, enabled: site !== '' }).data;
  const [mode, setMode] = useState<string>('manual');
  const [lasting, setLasting] = useState('1');
  const [onTimeout, setOnTimeout] = useState<string>('tags');
  const params = { path: { site } };
  const refresh = () => queries.invalidateQueries({ queryKey: query.queryKey });
  const take = useMutation({
    mutationFn: () => api.PUT('/api/v1/sites/{site}/authorization', { params, body: { mode, until: new Date(Date.now() + Number(lasting) * 3_600_000).toISOString(), onTimeout } }),
    onSettled: refresh,
  });
  const giveBack = useMutation({ mutationFn: () => api.DELETE('/api/v1/sites/{site}/authorization', { params }), onSettled: refresh });
  const fault = take.error ?? giveBack.error;
  const reason = useReason(fault);
  if (site === '') return null;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="takeover" data-mode={now?.mode}>
      <Title order={2} size="h5" id="takeover" mb="xs">{t('authorization.who')}</Title>
      <p>
        {now && t(`authorization.modes.${now.mode}`)}
        {now?.until && ` · ${t('authorization.until', { time: format.moment(now.until) })}`}{now?.setBy && <span className="muted"> · {t('command.by', { user: now.setBy })}</span>}
      </p>
      <Group align="end" gap="xs">
        <NativeSelect size="xs" label={t('charger.site')} value={site} data={known.map(one => ({ value: one.site, label: one.name }))} onChange={changed => choose(changed.currentTarget.value)} />
        <NativeSelect size="xs" name="mode" label={t('authorization.mode')} value={mode} data={modes.map(one => ({ value: one, label: t(`authorization.modes.${one}`) }))} onChange={changed => setMode(changed.currentTarget.value)} />
        {mode === 'manual' && (
          <NativeSelect size="xs" label={t('authorization.onTimeout')} value={onTimeout} data={fallbacks.map(one => ({ value: one, label: t(`authorization.fallbacks.${one}`) }))} onChange={changed => setOnTimeout(changed.currentTarget.value)} />
        )}
        <NativeSelect size="xs" label={t('limit.lasting')} value={lasting} data={hours.map(one => ({ value: String(one), label: t('limit.hours', { count: one }) }))} onChange={changed => setLasting(changed.currentTarget.value)} />
        <Button size="xs" loading={take.isPending} onClick={() => take.mutate()}>{t('authorization.take')}</Button>
        {now?.until && <Button size="xs" variant="default" loading={giveBack.isPending} onClick={() => giveBack.mutate()}>{t('limit.takeBack')}</Button>}
      </Group>
      {fault && <Alert color="red" variant="outline" mt="xs" role="alert">{t('command.refused', { reason })}</Alert>}
    </Paper>
  );
}
