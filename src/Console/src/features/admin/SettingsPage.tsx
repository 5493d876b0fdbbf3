import { Button, Group, Stack, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, versioned, type Schemas } from '../../api/client';
import { settings } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Field, ifAt } from '../configuration/FormParts';

type Settings = Schemas['SettingsView'];

const choices = {
  unknownChargers: ['refuse', 'quarantine', 'accept'],
  missingSubprotocol: ['refuse', 'ocpp1.6'],
  concurrentTransactions: ['allow', 'refuse'],
  localList: ['off', 'tags'],
  frameLog: ['', 'off', 'memory', 'full'],
} as const;

/** What holds for all chargers of the tenant. */
export function SettingsPage() {
  const may = useMay('settings.manage');
  const found = useQuery({ ...settings, enabled: may });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (found.isError) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  return found.data ? <Form value={found.data.value} version={found.data.version} /> : null;
}

function Form({ value, version: first }: { value: Settings; version: string | null }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(value);
  const [version, setVersion] = useState(first);
  const save = useMutation({
    mutationFn: () => versioned(api.PUT('/api/v1/settings', { params: { header: ifAt(version) }, body: draft })),
    onSuccess: written => {
      setVersion(written.version);
      return queries.invalidateQueries({ queryKey: settings.queryKey });
    },
  });
  const field = (name: keyof typeof choices) => (
    <Field
      key={name} name={name} fault={save.error} label={t(`settings.${name}`)} value={draft[name] ?? ''} hint={t(`settings.hints.${name}`)}
      choices={choices[name].map(one => ({ value: one, label: t(`settings.choices.${name}.${one.replace('.', '-') || 'default'}`) }))} change={chosen => setDraft({ ...draft, [name]: chosen || null })} />
  );
  return (
    <Stack>
      <Title order={1} size="h3">{t('nav.settings')}</Title>
      <form
        className="form narrow-form"
        onSubmit={submitted => {
          submitted.preventDefault();
          save.mutate();
        }}>
        {(Object.keys(choices) as (keyof typeof choices)[]).map(field)}
        <Field
          name="strict" fault={save.error} label={t('settings.strict')} value={draft.strict ? 'yes' : 'no'} hint={t('settings.hints.strict')}
          choices={['no', 'yes'].map(one => ({ value: one, label: t(`configure.${one}`) }))} change={chosen => setDraft({ ...draft, strict: chosen === 'yes' })} />
        {save.isError && <Failure fault={save.error} />}
        {save.isSuccess && <p role="status">{t('settings.saved')}</p>}
        <Group><Button type="submit" loading={save.isPending}>{t('configure.save')}</Button></Group>
      </form>
    </Stack>
  );
}
