import { Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { allocation, series, site as siteQuery } from '../../api/queries';
import { Curve } from '../../ui/Curve';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { joined } from '../trends/trend';
import { Reason } from './Reason';
import { SharingForm } from './SharingForm';
import { SiteLimit } from './SiteLimit';
import { SiteTabs } from './SiteTabs';

const aDay = 86_400; // s
const aGap = 600; // s without a record that leave a gap: there is one each minute

/** How a site shares its limit: what each connector has and why no more, how the day went, and by what rules. */
export function EnergyPage() {
  const { t } = useTranslation();
  const { site: name } = useParams({ from: '/t/$tenant/sites/$site/energy' });
  const site = useQuery(siteQuery(name));
  const shares = site.data?.value.smartCharging?.enabled === true;
  const shared = useQuery(allocation(name, shares));
  if (site.isError) return <Failure fault={site.error} retry={() => void site.refetch()} />;
  if (!site.data) return null;
  return (
    <Stack>
      <SiteTabs site={name} name={site.data.value.name} />
      {!shares && <p className="muted">{t('site.noLimits')}</p>}
      {shares && shared.data && (
        <>
          <SiteLimit site={site.data.value} />
          <Shares connectors={shared.data.connectors} />
          {shared.data.rows.length > 0 && <Rows rows={shared.data.rows} />}
          <Day site={name} />
        </>
      )}
      <SharingForm site={site.data.value} version={site.data.version} />
    </Stack>
  );
}

function Shares({ connectors }: { connectors: Schemas['ConnectorAllocationView'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const words = ['session.connector', 'site.state', 'site.priority', 'value.measured', 'value.limit', 'site.allotted', 'energy.departure', 'site.reason'];
  return (
    <section aria-labelledby="shares">
      <Title order={2} size="h5" id="shares" mb="xs">{t('energy.shares')}</Title>
      <Scroll label={t('energy.shares')} width={760}>
        <Table striped verticalSpacing={4}>
          <Table.Thead><Table.Tr>{words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody className="numbers">
            {connectors.map(one => (
              <Table.Tr key={`${one.charger}/${one.connector}`} data-share={`${one.charger}/${one.connector}`}>
                <Table.Td>
                  <Link className="link" to="/t/$tenant/chargers/$charger/connectors/$connector" params={{ tenant, charger: one.charger, connector: String(one.connector) }}>{one.charger} · {one.connector}</Link>
                </Table.Td>
                <Table.Td>{t(`share.${one.state}`)}</Table.Td>
                <Table.Td>{one.priority}</Table.Td>
                <Table.Td>{format.number(one.measured, 1, 'A')}</Table.Td>
                <Table.Td>{format.number(one.limit, 1, 'A')}</Table.Td>
                <Table.Td>{format.number(one.allotted, 1, 'A')}</Table.Td>
                <Table.Td>{one.departure ? format.moment(one.departure) : '—'}</Table.Td>
                <Table.Td><Reason why={one.why} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </section>
  );
}

/** What limits the site: its grid connection, its feeders and chargers, each phase by itself. */
function Rows({ rows }: { rows: Schemas['RowView'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = ['energy.node', 'energy.part', 'site.base', 'site.drawn', 'site.inForce', 'site.free'];
  return (
    <section aria-labelledby="rows">
      <Title order={2} size="h5" id="rows" mb="xs">{t('energy.rows')}</Title>
      <Scroll label={t('energy.rows')} width={560}>
        <Table striped verticalSpacing={4}>
          <Table.Thead><Table.Tr>{words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody className="numbers">
            {rows.map(row => {
              const unit = row.part === 'power' ? 'W' : 'A';
              return (
                <Table.Tr key={`${row.node}/${row.part}`}>
                  <Table.Td>{row.node}</Table.Td>
                  <Table.Td>{row.part === 'power' ? t('value.power') : row.part}</Table.Td>
                  {[row.baseLoad, row.drawn, row.inForce, row.free].map((value, at) => <Table.Td key={at}>{format.number(value, 1, unit)}</Table.Td>)}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Scroll>
    </section>
  );
}

function Day({ site }: { site: string }) {
  const { t } = useTranslation();
  const names = ['free', 'inForce', 'drawn'] as const;
  const found = useQuery(series(names.map(name => `site/${site}/${name}`), aDay, undefined));
  const { times, values } = useMemo(() => joined(found.data?.series ?? [], aGap), [found.data]);
  if (found.isError) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  if (!found.data || times.length === 0) return null;
  return (
    <section aria-labelledby="day">
      <Title order={2} size="h5" id="day" mb="xs">{t('energy.day')}</Title>
      <Curve
        times={times} from={Date.parse(found.data.from) / 1000} to={Date.parse(found.data.to) / 1000}
        series={names.map((name, at) => ({ label: t(`trend.names.${name}`), unit: found.data.series[at]!.unit, values: values[at]!, stepped: name !== 'drawn' }))} />
    </section>
  );
}
