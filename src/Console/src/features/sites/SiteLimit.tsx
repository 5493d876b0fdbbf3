import { Paper, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { allocation } from '../../api/queries';
import { Bar } from '../../ui/Bar';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';
import { LimitOverride } from './LimitOverride';

/** The site's limit and what becomes of it, on that phase or power of the grid connection that has least left. */
export function SiteLimit({ site }: { site: Schemas['SiteView'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shared = useQuery(allocation(site.site, true)).data;
  if (!shared) return null;
  const [tightest] = shared.rows.filter(row => row.node === site.site).sort((a, b) => a.free - a.inForce - (b.free - b.inForce));
  const unit = tightest?.part === 'power' ? 'W' : 'A';
  const base = Math.max(0, tightest?.baseLoad ?? 0);
  const most = tightest ? Math.max(tightest.free + base, tightest.inForce + base, 1) : 1;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="site-limit">
      <Title order={2} size="h5" id="site-limit" mb="xs">
        {t('site.limit')}: {format.number(shared.limit, 0, shared.energyUnit)} <span className="muted small">{t(`site.limitFrom.${shared.limitFrom}`)}</span>
      </Title>
      {tightest && (
        <>
          <Bar
            most={most} mark={tightest.free + base}
            parts={[
              { value: base, className: 'bar-base' },
              { value: tightest.drawn, className: 'bar-drawn' },
              { value: Math.max(0, tightest.inForce - tightest.drawn), className: 'bar-given' },
            ]}
            label={`${t('site.inForce')} ${format.number(tightest.inForce, 1, unit)} / ${format.number(tightest.free, 1, unit)}`} />
          <Facts>
            <Fact label={t('site.drawn')}><i className="key bar-drawn" />{format.number(tightest.drawn, 1, unit)}</Fact>
            <Fact label={t('site.inForce')}><i className="key bar-given" />{format.number(tightest.inForce, 1, unit)}</Fact>
            <Fact label={t('site.free')}>{format.number(tightest.free, 1, unit)}</Fact>
            {base > 0 && <Fact label={t('site.base')}><i className="key bar-base" />{format.number(base, 1, unit)}</Fact>}
          </Facts>
        </>
      )}
      <LimitOverride site={site} byOperator={shared.limitFrom === 'operator'} />
    </Paper>
  );
}
