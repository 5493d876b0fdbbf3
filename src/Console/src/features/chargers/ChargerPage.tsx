import { Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { charger as chargerQuery, sessions } from '../../api/queries';
import { useMay } from '../../app/session';
import type { Board } from '../../live/board';
import { connectorOf } from '../../live/cells';
import { useBoard, useKeys, useRow } from '../../live/hooks';
import { StateText } from '../../symbols/StateSymbol';
import { Failure } from '../../ui/Failure';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';
import { EditCharger } from '../configuration/ChargerForm';
import { SessionTable } from '../sessions/SessionTable';
import { partsOf } from '../sites/ConnectorTiles';
import { noSite } from '../sites/noSite';
import { ChargerCommands, ConnectorCommands } from './Commands';
import { CommandList } from './CommandList';

/** One charger: what it is, what its connectors do, what it was told and what it answered. */
export function ChargerPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant, charger: name } = useParams({ from: '/t/$tenant/chargers/$charger' });
  const board = useBoard(`charger:${name}`);
  const keys = useKeys(board);
  const charger = useQuery(chargerQuery(name));
  const last = useQuery(sessions({ charger: name }, undefined));
  const [mayRead, mayCommand, mayListen] = [useMay('commands.read'), useMay('calls.send'), useMay('frames.read')];
  if (charger.isError) return <Failure fault={charger.error} retry={() => void charger.refetch()} />;
  if (!charger.data) return null;
  const { value: one, version } = charger.data;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('charger.title', { name })}</Title>
        <Group gap="xs">
          <span className={one.online ? 'muted' : 'fault'}>{one.online ? t('charger.online') : t('charger.offline')}</span>
          <EditCharger charger={one} version={version} />
        </Group>
      </Group>
      <section aria-label={t('charger.connectors')} className="cards wide-cards">
        {keys.map(key => <ConnectorCard key={key} board={board} name={key} charger={name} online={one.online} />)}
      </section>
      <ChargerCommands charger={name} online={one.online} />
      <Group>
        {mayCommand && <Link className="link" to="/t/$tenant/console" params={{ tenant }} search={{ charger: name }}>{t('nav.console')}</Link>}
        {mayListen && <Link className="link" to="/t/$tenant/frames" params={{ tenant }} search={{ charger: name }}>{t('nav.frames')}</Link>}
      </Group>
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

function ConnectorCard({ board, name, charger, online }: { board: Board; name: string; charger: string; online: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const cells = useRow(board, name);
  if (!cells) return null;
  const now = connectorOf(cells);
  const connector = Number(partsOf(name)[1]);
  return (
    <Paper withBorder p="sm" component="article" aria-label={t('charger.connector', { number: connector })} data-connector={name} data-state={now.state}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">{t('charger.connector', { number: connector })}</Title>
        {now.errorCode !== 'NoError' && <span className="fault">{now.errorCode}</span>}
      </Group>
      <StateText state={now.state} size={48} soc={now.soc} />
      <Facts>
        {now.statusAt !== null && <Fact label={t('charger.seen')}>{format.moment(now.statusAt)}</Fact>}
        {now.transaction !== null && (
          <>
            <Fact label={t('session.title')}><Link className="link" to="/t/$tenant/sessions/$session" params={{ tenant, session: String(now.transaction) }}>{t('session.one', { id: now.transaction })}</Link></Fact>
            <Fact label={t('value.power')}>{format.kilowatts(now.powerW)}</Fact>
            <Fact label={t('value.energy')}>{format.kilowattHours(now.energyWh)}</Fact>
            <Fact label={t('value.soc')}>{format.percent(now.soc)}</Fact>
          </>
        )}
        {now.share !== null && (
          <>
            <Fact label={t('value.limit')}>{format.number(now.limitA, 1, 'A')}</Fact>
            <Fact label={t('value.measured')}>{format.number(now.measuredA, 1, 'A')}</Fact>
            <Fact label={t('site.limit')}>{t(`share.${now.share}`)}</Fact>
          </>
        )}
      </Facts>
      <ConnectorCommands charger={charger} connector={connector} online={online} transaction={now.transaction} />
    </Paper>
  );
}
