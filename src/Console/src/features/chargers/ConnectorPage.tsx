import { Button, Paper, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { allocation, charger as chargerQuery, connector as connectorQuery, sessions, site as siteQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { useBoard } from '../../live/hooks';
import { Bar } from '../../ui/Bar';
import { Failure } from '../../ui/Failure';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';
import { ConnectorForm } from '../configuration/ConnectorForm';
import { ReservationForm } from '../reservations/ReservationForm';
import { Reason } from '../sites/Reason';
import { SessionCurves } from '../sessions/SessionCurves';
import { SessionTable } from '../sessions/SessionTable';
import { ChargerTabs } from './ChargerTabs';
import { ConnectorCard } from './ConnectorCard';

/** One connector: what it does, what it may take and why no more, and how its session goes. */
export function ConnectorPage() {
  const { t } = useTranslation();
  const { tenant, charger: name, connector } = useParams({ from: '/t/$tenant/chargers/$charger/connectors/$connector' });
  const number = Number(connector);
  const board = useBoard(`charger:${name}`);
  const charger = useQuery(chargerQuery(name));
  const detail = useQuery(connectorQuery(name, number));
  const last = useQuery(sessions({ charger: name, connector: number }, undefined));
  const site = charger.data?.value.site ?? null;
  const shares = useQuery({ ...siteQuery(site ?? ''), enabled: site !== null }).data?.value.smartCharging?.enabled === true;
  const shared = useQuery(allocation(site ?? '', shares));
  const [reserving, reservation] = useDisclosure(false);
  const [isEditing, editing] = useDisclosure(false);
  const [mayReserve, mayWrite] = [useMay('calls.send'), useMay('fleet.write')];
  const fault = charger.error ?? detail.error;
  if (fault) return <Failure fault={fault} retry={() => void detail.refetch()} />;
  if (!charger.data || !detail.data) return null;
  const share = shared.data?.connectors.find(one => one.charger === name && one.connector === number);
  return (
    <Stack>
      <ChargerTabs charger={name}>
        <Link className="link" to="/t/$tenant/trends" params={{ tenant }} search={{ tags: ['power', 'limit'].map(one => `charger/${name}/connector/${number}/${one}`).join(',') }}>{t('nav.trends')}</Link>
        {mayWrite && <Button size="xs" variant="default" onClick={editing.open}>{t('configure.edit')}</Button>}
        {mayReserve && <Button size="xs" variant="default" onClick={reservation.open}>{t('reservation.add')}</Button>}
      </ChargerTabs>
      <ConnectorCard board={board} name={`${name}/${number}`} charger={name} online={charger.data.value.online} />
      <Status of={detail.data} />
      {share && <Share of={share} />}
      {detail.data.transaction && <SessionCurves session={detail.data.transaction} />}
      <section aria-labelledby="last-sessions">
        <Title order={2} size="h5" id="last-sessions" mb="xs">{t('charger.lastSessions')}</Title>
        {last.data && <SessionTable sessions={last.data.items.slice(0, 10)} />}
      </section>
      {isEditing && <ConnectorForm charger={charger.data.value} version={charger.data.version} number={number} close={editing.close} />}
      {reserving && <ReservationForm charger={name} connector={number} close={reservation.close} />}
    </Stack>
  );
}

function Status({ of: one }: { of: Schemas['ConnectorDetail'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="connector">
      <Title order={2} size="h5" id="connector" mb="xs">{t('connector.said')}</Title>
      <Facts>
        <Fact label={t('site.state')}>{one.status}</Fact>
        <Fact label={t('value.error')}>{one.errorCode}</Fact>
        <Fact label={t('connector.vendorError')}>{[one.vendorId, one.vendorErrorCode].filter(Boolean).join(' ') || '—'}</Fact>
        <Fact label={t('connector.info')}>{one.info ?? '—'}</Fact>
        <Fact label={t('command.when')}>{format.moment(one.statusAt)}</Fact>
        <Fact label={t('configure.maxCurrent')}>{format.number(one.maxCurrent, 1)}</Fact>
        <Fact label={t('connector.maxPower')}>{format.kilowatts(one.maxPower)}</Fact>
        <Fact label={t('configure.phases')}>{one.phases ?? '—'}</Fact>
        <Fact label={t('configure.priority')}>{one.priority ?? '—'}</Fact>
      </Facts>
    </Paper>
  );
}

function Share({ of: share }: { of: Schemas['ConnectorAllocationView'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="share">
      <Title order={2} size="h5" id="share" mb="xs">{t('connector.share')} <span className="muted small">{t(`share.${share.state}`)}</span></Title>
      <Bar
        most={Math.max(share.allotted, share.reserved, share.measured ?? 0, 1)} mark={share.allotted}
        parts={[{ value: share.measured ?? 0, className: 'bar-drawn' }, { value: Math.max(0, share.reserved - (share.measured ?? 0)), className: 'bar-given' }]}
        label={`${t('value.measured')} ${format.number(share.measured, 1, 'A')}, ${t('site.allotted')} ${format.number(share.allotted, 1, 'A')}`} />
      <Facts>
        <Fact label={t('value.measured')}><i className="key bar-drawn" />{format.number(share.measured, 1, 'A')}</Fact>
        <Fact label={t('site.inForce')}><i className="key bar-given" />{format.number(share.reserved, 1, 'A')}</Fact>
        <Fact label={t('site.allotted')}>{format.number(share.allotted, 1, 'A')}</Fact>
        <Fact label={t('configure.priority')}>{share.priority}</Fact>
        <Fact label={t('site.reason')}><Reason why={share.why} /></Fact>
      </Facts>
    </Paper>
  );
}
