import { Alert, Button, Group, NativeSelect, Paper, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { commands } from '../../api/queries';
import { useReason } from '../../ui/Failure';
import { useFormat } from '../../ui/format';

const kinds = ['diagnostics', 'DiagnosticsLog', 'SecurityLog'] as const;

/** Asks a charger for what it has written down. The file appears below when it has handed it over. */
export function UploadRequests({ charger }: { charger: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [kind, setKind] = useState<(typeof kinds)[number]>('diagnostics');
  const [from, setFrom] = useState<string | undefined>();
  const [to, setTo] = useState<string | undefined>();
  const ask = useMutation({
    mutationFn: async () => {
      const params = { path: { charger } };
      const period = { from: from ?? null, to: to ?? null };
      await (kind === 'diagnostics'
        ? api.POST('/api/v1/chargers/{charger}/diagnostics', { params, body: period })
        : api.POST('/api/v1/chargers/{charger}/logs', { params, body: { type: kind, ...period } }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: commands(charger).queryKey }),
  });
  const reason = useReason(ask.error);
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="uploads">
      <Title order={2} size="h5" id="uploads" mb="xs">{t('maintenance.uploads')}</Title>
      <Group align="end" gap="xs">
        <NativeSelect
          size="xs" label={t('maintenance.kind')} value={kind} data={kinds.map(one => ({ value: one, label: t(`maintenance.kinds.${one}`) }))}
          onChange={changed => setKind(kinds.find(one => one === changed.currentTarget.value) ?? 'diagnostics')} />
        <TextInput size="xs" type="datetime-local" label={t('session.from')} value={format.field(from)} onChange={changed => setFrom(format.fromField(changed.currentTarget.value))} />
        <TextInput size="xs" type="datetime-local" label={t('session.to')} value={format.field(to)} onChange={changed => setTo(format.fromField(changed.currentTarget.value))} />
        <Button size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>{t('maintenance.ask')}</Button>
      </Group>
      {ask.isError && <Alert color="red" variant="outline" mt="xs" role="alert">{t('command.refused', { reason })}</Alert>}
    </Paper>
  );
}
