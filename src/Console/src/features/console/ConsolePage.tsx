import { Group, Paper, Select, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { chargers, operations } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { CommandList } from '../chargers/CommandList';
import { useCall } from '../chargers/useCall';
import { SavedViews } from '../views/SavedViews';
import { RequestForm } from './RequestForm';
import { withoutSecret, type JsonObject } from './schema';

/** Any operation to any charger, with what the charger answers and reports beside it. */
export function ConsolePage() {
  const { t } = useTranslation();
  const { charger, action, payload } = useSearch({ from: '/t/$tenant/console' });
  const navigate = useNavigate({ from: '/t/$tenant/console' });
  const written = useRef<JsonObject | null>(null);
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
      <Group justify="space-between">
        <Title order={1} size="h3">{t('ocpp.title')}</Title>
        <SavedViews page="console" search={() => ({ action, payload: written.current === null ? undefined : withoutSecret(written.current) })} open={kept => void navigate({ search: { charger, ...kept } })} />
      </Group>
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
            {charger && operation && <ChargerRequest key={`${charger}/${operation.action}/${JSON.stringify(payload)}`} charger={charger} operation={operation} start={payload} note={noted => { written.current = noted; }} />}
          </Stack>
        </Paper>
        {charger && mayRead && <CommandList charger={charger} />}
      </div>
    </Stack>
  );
}

function ChargerRequest({ charger, ...rest }: { charger: string } & Pick<ComponentProps<typeof RequestForm>, 'operation' | 'start' | 'note'>) {
  const call = useCall(charger);
  return <RequestForm {...rest} send={payload => call.mutate({ action: rest.operation.action, payload })} sending={call.isPending} fault={call.error} />;
}
