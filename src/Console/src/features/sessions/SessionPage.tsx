import { Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { session as sessionQuery } from '../../api/queries';
import { Export } from '../../ui/Export';
import { Failure } from '../../ui/Failure';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';
import { SessionCurves } from './SessionCurves';
import { SessionNeeds } from './SessionNeeds';

/** One session: what it was, and how it went. */
export function SessionPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant, session: id } = useParams({ from: '/t/$tenant/sessions/$session' });
  const session = useQuery(sessionQuery(Number(id)));
  if (session.isError) return <Failure fault={session.error} retry={() => void session.refetch()} />;
  if (!session.data) return null;
  const one = session.data;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('session.one', { id })}</Title>
        <Export path={`/api/v1/transactions/${one.id}/meter-values`} endings={['csv', 'xlsx']} />
      </Group>
      <Paper withBorder p="sm">
        <Facts>
          <Fact label={t('session.charger')}><Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: one.charger }}>{one.charger}</Link></Fact>
          <Fact label={t('session.connector')}>{one.connector}</Fact>
          <Fact label={t('session.tag')}>{one.idTag || '—'}</Fact>
          <Fact label={t('session.vehicle')}>{one.vehicle ?? '—'}</Fact>
          <Fact label={t('session.started')}>{format.moment(one.startedAt)}</Fact>
          <Fact label={t('session.stopped')}>{one.active ? t('session.active') : format.moment(one.stoppedAt)}</Fact>
          <Fact label={t('session.duration')}>{format.duration(one.startedAt, one.stoppedAt, Date.now())}</Fact>
          <Fact label={t('session.energy')}>{format.kilowattHours(one.energyWh)}</Fact>
          {one.active && <Fact label={t('session.power')}>{format.kilowatts(one.powerW)}</Fact>}
          <Fact label={t('session.soc')}>{format.percent(one.soc)}</Fact>
          <Fact label={t('session.meterStart')}>{format.kilowattHours(one.meterStart)}</Fact>
          <Fact label={t('session.meterStop')}>{format.kilowattHours(one.meterStop)}</Fact>
          {!one.active && <Fact label={t('session.reason')}>{one.closedBySystem ? t('session.bySystem') : one.stopReason ?? '—'}</Fact>}
          {one.flags.length > 0 && <Fact label={t('session.flags')}>{one.flags.join(', ')}</Fact>}
        </Facts>
      </Paper>
      {one.active && <SessionNeeds session={one.id} />}
      <SessionCurves session={one} />
    </Stack>
  );
}
