import { Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { charger as chargerQuery, sessions } from '../../api/queries';
import { useMay } from '../../app/session';
import { useBoard, useKeys } from '../../live/hooks';
import { Failure } from '../../ui/Failure';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';
import { EditCharger } from '../configuration/ChargerForm';
import { SessionTable } from '../sessions/SessionTable';
import { noSite } from '../sites/noSite';
import { ChargerTabs } from './ChargerTabs';
import { ChargerCommands } from './Commands';
import { CommandList } from './CommandList';
import { ConnectorCard } from './ConnectorCard';

/** One charger: what it is, what its connectors do, what it was told and what it answered. */
export function ChargerPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant, charger: name } = useParams({ from: '/t/$tenant/chargers/$charger' });
  const board = useBoard(`charger:${name}`);
  const keys = useKeys(board);
  const charger = useQuery(chargerQuery(name));
  const last = useQuery(sessions({ charger: name }, undefined));
  const mayRead = useMay('commands.read');
  if (charger.isError) return <Failure fault={charger.error} retry={() => void charger.refetch()} />;
  if (!charger.data) return null;
  const { value: one, version } = charger.data;
  return (
    <Stack>
      <ChargerTabs charger={name}>
        <Group gap="xs">
          <span className={one.online ? 'muted' : 'fault'}>{one.online ? t('charger.online') : t('charger.offline')}</span>
          <EditCharger charger={one} version={version} />
        </Group>
      </ChargerTabs>
      <section aria-label={t('charger.connectors')} className="cards wide-cards">
        {keys.map(key => <ConnectorCard key={key} board={board} name={key} charger={name} online={one.online} />)}
      </section>
      <ChargerCommands charger={name} online={one.online} />
      <Paper withBorder p="sm" component="section" aria-labelledby="identity">
        <Title order={2} size="h5" id="identity" mb="xs">{t('charger.identity')}</Title>
        <Facts>
          <Fact label={t('charger.site')}>
            <Link className="link" to="/t/$tenant/sites/$site" params={{ tenant, site: one.site ?? noSite }}>{one.site ?? t('overview.noSite')}</Link>
          </Fact>
          <Fact label={t('charger.vendor')}>{one.vendor ?? '—'}</Fact>
          <Fact label={t('charger.model')}>{one.model ?? '—'}</Fact>
          <Fact label={t('charger.serial')}>{one.serialNumber ?? '—'}</Fact>
          <Fact label={t('charger.firmware')}>{one.firmware ?? '—'}</Fact>
          <Fact label={t('charger.version')}>{one.ocppVersion ?? '—'}</Fact>
          <Fact label={t('charger.profile')}>{one.securityProfile}</Fact>
          <Fact label={t('charger.address')}>{one.remoteAddress ?? '—'}</Fact>
          <Fact label={t('charger.seen')}>{format.moment(one.lastSeen)}</Fact>
          <Fact label={t('charger.booted')}>{format.moment(one.bootedAt)}</Fact>
        </Facts>
      </Paper>
      {mayRead && <CommandList charger={name} />}
      <section aria-labelledby="last-sessions">
        <Title order={2} size="h5" id="last-sessions" mb="xs">{t('charger.lastSessions')}</Title>
        {last.data && <SessionTable sessions={last.data.items.slice(0, 10)} />}
      </section>
    </Stack>
  );
}
