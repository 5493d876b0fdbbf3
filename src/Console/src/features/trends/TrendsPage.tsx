import { Alert, Button, Group, NativeSelect, Pill, Select, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { save, type Schemas } from '../../api/client';
import { charger as chargerQuery, chargers, series as seriesQuery, sites } from '../../api/queries';
import { Curve } from '../../ui/Curve';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { SavedViews } from '../views/SavedViews';
import { isHeld, joined, mostTags, ofConnector, ofSite, partsOf, ranges, rowsOf, tagsOf, type Range } from './trend';

/** Curves side by side over one period, as far back as the record goes. What is drawn is in the address. */
export function TrendsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const search = useSearch({ from: '/t/$tenant/trends' });
  const navigate = useNavigate({ from: '/t/$tenant/trends' });
  const tags = tagsOf(search.tags);
  const range: Range = search.range ?? ranges[2];
  const show = (next: { tags?: string[]; range?: Range; until?: string | undefined }) =>
    void navigate({ search: { tags: (next.tags ?? tags).join(',') || undefined, range: next.range ?? range, until: 'until' in next ? next.until : search.until } });
  const found = useQuery(seriesQuery(tags, range, search.until));
  const move = (by: number) => {
    const end = Date.parse(search.until ?? new Date().toISOString()) + by * range * 1000;
    show({ until: end >= Date.now() ? undefined : new Date(end).toISOString() });
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('trend.title')}</Title>
        <SavedViews page="trends" search={() => search} open={kept => void navigate({ search: kept })} />
      </Group>
      {tags.length < mostTags ? <AddCurve add={tag => show({ tags: [...new Set([...tags, tag])] })} /> : <p className="muted">{t('trend.most', { most: mostTags })}</p>}
      {tags.length === 0 ? <p className="muted">{t('trend.none')}</p> : (
        <>
          <Group gap="xs" align="end">
            <NativeSelect
              size="xs" label={t('trend.range')} value={String(range)} data={ranges.map(one => ({ value: String(one), label: t(`trend.ranges.${one}`) }))}
              onChange={changed => show({ range: ranges.find(one => String(one) === changed.currentTarget.value) ?? range })} />
            <Button size="xs" variant="default" onClick={() => move(-1)}>{t('trend.earlier')}</Button>
            <Button size="xs" variant="default" disabled={!search.until} onClick={() => move(1)}>{t('trend.later')}</Button>
            {search.until && <Button size="xs" variant="default" onClick={() => show({ until: undefined })}>{t('trend.now')}</Button>}
            {found.data && <Button size="xs" variant="default" onClick={() => void keep(found.data)}>{t('trend.export')}</Button>}
            {found.data && <span className="muted small">{format.moment(found.data.from)} – {format.moment(found.data.to)}</span>}
          </Group>
          <Group gap="xs">
            {tags.map(tag => (
              <Pill key={tag} size="md" withRemoveButton removeButtonProps={{ 'aria-label': t('trend.remove', { tag }), 'aria-hidden': false, tabIndex: 0 }} onRemove={() => show({ tags: tags.filter(one => one !== tag) })}>
                {partsOf(tag)!.owner} {t(`trend.names.${partsOf(tag)!.name.replace('.', '-')}`)}
              </Pill>
            ))}
          </Group>
        </>
      )}
      {found.isError && <Failure fault={found.error} retry={() => void found.refetch()} />}
      {found.data && tags.length > 0 && <Curves tags={tags} answer={found.data} />}
    </Stack>
  );
}

/** Keeps the points of all curves as a table. */
async function keep(answer: Schemas['SeriesAnswer']): Promise<void> {
  const { default: papa } = await import('papaparse'); // needed by few
  save(new Blob([papa.unparse(rowsOf(answer), { escapeFormulae: true })], { type: 'text/csv' }), `trends-${answer.to.slice(0, 10)}.csv`);
}

const shortestGap = 600; // s without a measurement that leave a gap, where spans are shorter

/** One curve for each unit, so that none is squeezed by another. */
function Curves({ tags, answer }: { tags: string[]; answer: Schemas['SeriesAnswer'] }) {
  const { t } = useTranslation();
  const groups = useMemo(
    () => [...new Set(answer.series.map(one => one.unit))].map(unit => {
      const series = answer.series.filter(one => one.unit === unit && one.at.length > 0);
      return { unit, series, ...joined(series, Math.max(shortestGap, 3 * answer.spanSeconds)) };
    }).filter(group => group.series.length > 0),
    [answer],
  );
  const empty = answer.series.filter(one => one.at.length === 0 && tags.includes(one.tag));
  const label = (tag: string): string => `${partsOf(tag)!.owner} ${t(`trend.names.${partsOf(tag)!.name.replace('.', '-')}`)}`;
  return (
    <>
      {empty.length > 0 && <Alert color="gray" variant="outline" role="status">{t('trend.empty', { tags: empty.map(one => label(one.tag)).join(', ') })}</Alert>}
      {groups.map(({ unit, series, times, values }) => (
        <Curve key={unit} times={times} from={Date.parse(answer.from) / 1000} to={Date.parse(answer.to) / 1000} series={series.map((one, at) => ({ label: label(one.tag), unit, values: values[at]!, stepped: isHeld(one.tag) }))} />
      ))}
    </>
  );
}

/** Picks what to draw: of a site, or of a connector. */
function AddCurve({ add }: { add: (tag: string) => void }) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState<string | null>(null);
  const [connector, setConnector] = useState('1');
  const [name, setName] = useState<string>(ofSite[0]);
  const knownSites = useQuery(sites).data ?? [];
  const knownChargers = useQuery(chargers).data ?? [];
  const [kind, id] = owner?.split('/') ?? [null, ''];
  const detail = useQuery({ ...chargerQuery(id!), enabled: kind === 'charger', refetchInterval: false });
  const names: readonly string[] = kind === 'charger' ? ofConnector : ofSite;
  const numbers = detail.data?.value.connectors.map(one => String(one.connector)) ?? ['1'];
  const choose = (chosen: string | null) => {
    setOwner(chosen);
    setConnector('1');
    setName(chosen?.startsWith('charger/') ? ofConnector[0] : ofSite[0]);
  };
  return (
    <Group gap="xs" align="end">
      <Select
        size="xs" searchable limit={200} label={t('trend.of')} value={owner} onChange={choose} nothingFoundMessage={t('search.none')}
        data={[
          { group: t('nav.sites'), items: knownSites.map(one => ({ value: `site/${one.site}`, label: one.name })) },
          { group: t('trend.chargers'), items: knownChargers.map(one => ({ value: `charger/${one.charger}`, label: one.charger })) },
        ]} />
      {kind === 'charger' && <NativeSelect size="xs" label={t('session.connector')} value={connector} data={numbers} onChange={changed => setConnector(changed.currentTarget.value)} />}
      <NativeSelect
        size="xs" label={t('trend.curve')} value={name} data={names.map(one => ({ value: one, label: t(`trend.names.${one.replace('.', '-')}`) }))}
        onChange={changed => setName(changed.currentTarget.value)} />
      <Button size="xs" disabled={owner === null} onClick={() => add(kind === 'charger' ? `charger/${id}/connector/${connector}/${name}` : `site/${id}/${name}`)}>{t('ocpp.add')}</Button>
    </Group>
  );
}
