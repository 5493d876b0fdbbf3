import { Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { samples as samplesQuery, session as sessionQuery } from '../../api/queries';
import { Curve, type Series } from '../../ui/Curve';
import { Export } from '../../ui/Export';
import { Failure } from '../../ui/Failure';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';

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
      <Curves id={one.id} active={one.active} />
    </Stack>
  );
}

function Curves({ id, active }: { id: number; active: boolean }) {
  const { t } = useTranslation();
  const samples = useQuery(samplesQuery(id, active));
  const list = samples.data;
  const times = useMemo(() => (list ?? []).map(sample => Date.parse(sample.timestamp) / 1000), [list]);
  if (samples.isError) return <Failure fault={samples.error} retry={() => void samples.refetch()} />;
  if (!list) return null;
  const series = (label: string, unit: string, of: (sample: Schemas['SampleView']) => number | null | undefined): Series => ({ label, unit, values: list.map(sample => of(sample) ?? null) });
  const phases = (label: string, unit: string, of: (sample: Schemas['SampleView']) => (number | null)[]): Series[] =>
    ['L1', 'L2', 'L3'].map((phase, at) => series(`${label} ${phase}`, unit, sample => of(sample)[at]));
  const groups = [
    [series(t('session.power'), 'kW', sample => (sample.powerW === null ? null : sample.powerW / 1000)), series(t('session.soc'), '%', sample => sample.soc)],
    phases(t('session.current'), 'A', sample => sample.currentA),
    phases(t('session.voltage'), 'V', sample => sample.voltageV),
    [series(t('session.temperature'), '°C', sample => sample.temperatureC)],
  ].map(group => group.filter(one => one.values.some(value => value !== null))).filter(group => group.length > 0);
  return (
    <section aria-labelledby="curves">
      <Title order={2} size="h5" id="curves" mb="xs">{t('session.curves')} <span className="muted small">{t('session.samples', { count: list.length })}</span></Title>
      {groups.length === 0 ? <p className="muted">{t('session.noSamples')}</p> : groups.map(group => <Curve key={group[0]!.label} times={times} series={group} />)}
    </section>
  );
}
