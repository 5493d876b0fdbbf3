import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { limitsGiven, samples as samplesQuery } from '../../api/queries';
import { Curve, type Series } from '../../ui/Curve';
import { Failure } from '../../ui/Failure';
import { limitsAt } from './limitsAt';

type Sample = Schemas['SampleView'];

/** How a session went: what the charger measured, under the limit that the site gave it. */
export function SessionCurves({ session }: { session: Schemas['TransactionView'] }) {
  const { t } = useTranslation();
  const { id, active, site, charger, connector, startedAt: from, stoppedAt } = session;
  const samples = useQuery(samplesQuery(id, active));
  const given = useQuery({ ...limitsGiven(site ?? '', { charger, connector, from, to: stoppedAt ?? undefined }, active), enabled: site !== null });
  const list = samples.data;
  const times = useMemo(() => (list ?? []).map(sample => Date.parse(sample.timestamp) / 1000), [list]);
  const limits = useMemo(() => limitsAt(given.data ?? [], times), [given.data, times]);
  if (samples.isError) return <Failure fault={samples.error} retry={() => void samples.refetch()} />;
  if (!list) return null;
  const series = (label: string, unit: string, of: (sample: Sample) => number | null | undefined): Series => ({ label, unit, values: list.map(sample => of(sample) ?? null) });
  const phases = (label: string, unit: string, of: (sample: Sample) => (number | null)[]): Series[] =>
    ['L1', 'L2', 'L3'].map((phase, at) => series(`${label} ${phase}`, unit, sample => of(sample)[at]));
  const groups = [
    [series(t('session.power'), 'kW', sample => (sample.powerW === null ? null : sample.powerW / 1000)), series(t('session.soc'), '%', sample => sample.soc)],
    [...phases(t('session.current'), 'A', sample => sample.currentA), { label: t('value.limit'), unit: 'A', values: limits, stepped: true }],
    [series(t('session.energy'), 'kWh', sample => (sample.energyWh === null ? null : sample.energyWh / 1000))],
    phases(t('session.voltage'), 'V', sample => sample.voltageV),
    [series(t('session.temperature'), '°C', sample => sample.temperatureC)],
  ].map(group => group.filter(one => one.values.some(value => value !== null))).filter(group => group.length > 0);
  return (
    <section aria-labelledby="curves">
      <Title order={2} size="h5" id="curves" mb="xs">{t('session.curves')} <span className="muted small">{t('session.samples', { count: list.length })}</span></Title>
      {given.isError && <Failure fault={given.error} retry={() => void given.refetch()} />}
      {groups.length === 0 ? <p className="muted">{t('session.noSamples')}</p> : groups.map(group => <Curve key={group[0]!.label} times={times} series={group} />)}
    </section>
  );
}
