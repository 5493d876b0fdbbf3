import { Alert, Button, Group, Paper, Select, SegmentedControl, Stack, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { chargers, operations } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure, useReason } from '../../ui/Failure';
import { CommandList } from '../chargers/CommandList';
import { useCall } from '../chargers/useCall';
import { problemsOf, startOf, type Json, type JsonObject, type Schema } from './schema';
import { SchemaForm } from './SchemaForm';

/** Any operation to any charger, with what the charger answers and reports beside it. */
export function ConsolePage() {
  const { t } = useTranslation();
  const { charger, action } = useSearch({ from: '/t/$tenant/console' });
  const navigate = useNavigate({ from: '/t/$tenant/console' });
  const all = useQuery(chargers);
  const known = useQuery(operations);
  const [safe, any, mayRead] = [useMay('calls.send'), useMay('calls.send-any'), useMay('commands.read')];
  if (all.isError) return <Failure fault={all.error} retry={() => void all.refetch()} />;
  if (known.isError) return <Failure fault={known.error} retry={() => void known.refetch()} />;
  if (!all.data || !known.data) return null;
  const offered = known.data.items.filter(one => any || (safe && one.permission === 'calls.send'));
  const operation = offered.find(one => one.action === action);
  const profiles = [...new Set(offered.map(one => one.profile))];
  return (
    <Stack>
      <Title order={1} size="h3">{t('ocpp.title')}</Title>
      {!safe && <p className="muted">{t('command.noRight')}</p>}
      <div className="console">
        <Paper withBorder p="sm">
          <Stack gap="xs">
            <Select
              size="xs" searchable label={t('session.charger')} value={charger ?? null} limit={100} nothingFoundMessage={t('search.none')}
              data={all.data.map(one => one.charger)} onChange={chosen => void navigate({ search: { action, charger: chosen ?? undefined } })} />
            <Select
              size="xs" searchable label={t('command.action')} value={operation?.action ?? null} nothingFoundMessage={t('search.none')}
              data={profiles.map(profile => ({ group: profile, items: offered.filter(one => one.profile === profile).map(one => one.action) }))}
              onChange={chosen => void navigate({ search: { charger, action: chosen ?? undefined } })} />
            {charger && operation && <Request key={`${charger}/${operation.action}`} charger={charger} operation={operation} />}
          </Stack>
        </Paper>
        {charger && mayRead && <CommandList charger={charger} />}
      </div>
    </Stack>
  );
}

function Request({ charger, operation }: { charger: string; operation: Schemas['OperationView'] }) {
  const { t } = useTranslation();
  const schema = operation.request as Schema;
  const [way, setWay] = useState<'form' | 'json'>('form');
  const [payload, setPayload] = useState(() => startOf(schema) as JsonObject);
  const [text, setText] = useState('');
  const call = useCall(charger);
  const reason = useReason(call.error);
  const written = way === 'json' ? objectIn(text) : payload;
  const problems = written === null ? [] : problemsOf(schema, written);
  const turn = (next: 'form' | 'json') => {
    if (next === 'json') setText(JSON.stringify(payload, null, 2));
    else if (written !== null) setPayload(written);
    setWay(next);
  };
  return (
    <form
      onSubmit={submitted => {
        submitted.preventDefault();
        if (written !== null && problems.length === 0) call.mutate({ action: operation.action, payload: written });
      }}>
      <Stack gap="xs">
        <SegmentedControl
          size="xs" aria-label={t('ocpp.way')} value={way} onChange={chosen => turn(chosen as 'form' | 'json')}
          data={[{ value: 'form', label: t('ocpp.form') }, { value: 'json', label: 'JSON' }]} />
        {way === 'form' ? <SchemaForm schema={schema} value={payload} problems={problems} change={setPayload} /> : (
          <>
            <Textarea
              label="JSON" autosize minRows={6} maxRows={24} spellCheck={false} className="code" value={text} onChange={changed => setText(changed.currentTarget.value)}
              error={written === null ? t('ocpp.noObject') : undefined} />
            <ul>
              {problems.map(({ path, word, limit }) => <li key={path + word} className="fault small">{path} {t(`ocpp.problem.${word}`, { limit })}</li>)}
            </ul>
          </>
        )}
        {call.isError && <Alert color="red" variant="outline" role="alert">{t('command.refused', { reason })}</Alert>}
        <Group><Button size="xs" type="submit" disabled={written === null || problems.length > 0} loading={call.isPending}>{t('command.send')}</Button></Group>
      </Stack>
    </form>
  );
}

function objectIn(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
