import { Button, Group, SegmentedControl, Select, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { site as siteQuery } from '../../api/queries';
import { views, type View } from '../../app/router';
import { connectorOf } from '../../live/cells';
import { useBoard, useChanges, useKeys } from '../../live/hooks';
import type { Board } from '../../live/board';
import { states, type State } from '../../symbols/state';
import { Failure } from '../../ui/Failure';
import { AddChargers } from '../configuration/ChargerForm';
import { EditSite } from '../configuration/SiteForm';
import { ConnectorTable } from './ConnectorTable';
import { ConnectorTiles } from './ConnectorTiles';
import { HeatMap } from './HeatMap';
import { noSite } from './noSite';
import { SiteLimit } from './SiteLimit';
import { SiteTabs } from './SiteTabs';

const heatFrom = 500; // connectors from which tiles are too many to look at

/** The generated view of a site: its limit, and each connector of its chargers. */
export function SitePage() {
  const { t } = useTranslation();
  const { site: name } = useParams({ from: '/t/$tenant/sites/$site' });
  const { view, state } = useSearch({ from: '/t/$tenant/sites/$site' });
  const navigate = useNavigate({ from: '/t/$tenant/sites/$site' });
  const isNone = name === noSite;
  const site = useQuery({ ...siteQuery(name), enabled: !isNone });
  if (site.isError) return <Failure fault={site.error} retry={() => void site.refetch()} />;
  if (!site.data && !isNone) return null;
  return (
    <Stack>
      {site.data ? (
        <SiteTabs site={name} name={site.data.value.name}>
          <Group gap="xs">
            <AddChargers site={name} />
            <EditSite site={site.data.value} version={site.data.version} />
          </Group>
        </SiteTabs>
      ) : (
        <Group justify="space-between">
          <Title order={1} size="h3">{t('overview.noSite')}</Title>
          <AddChargers />
        </Group>
      )}
      {site.data?.value.smartCharging?.enabled && <SiteLimit site={site.data.value} />}
      <Connectors
        key={name} topic={`site:${isNone ? '' : name}`} view={view} state={state}
        show={chosen => void navigate({ search: { view, state, ...chosen }, replace: true })} />
    </Stack>
  );
}

interface ConnectorsProps {
  topic: string;
  view: View | undefined;
  state: State | undefined;
  show: (chosen: { view?: View; state?: State | undefined }) => void;
}

function Connectors({ topic, view, state, show }: ConnectorsProps) {
  const { t } = useTranslation();
  const board = useBoard(topic);
  const keys = useKeys(board);
  if (!board.filled) return null;
  if (keys.length === 0) return <p>{t('site.empty')}</p>;
  const drawn = view ?? (keys.length > heatFrom ? 'heat' : 'tiles');
  return (
    <section aria-label={t('overview.connectors')}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">{t('site.connectors', { count: keys.length })}</Title>
        <Group gap="xs">
          <Select
            size="xs" aria-label={t('site.state')} value={state ?? ''} allowDeselect={false}
            data={[{ value: '', label: t('site.all') }, ...states.map(one => ({ value: one, label: t(`state.${one}`) }))]}
            onChange={chosen => show({ state: (chosen || undefined) as State | undefined })} />
          <SegmentedControl
            size="xs" aria-label={t('overview.connectors')} value={drawn} data={views.map(one => ({ value: one, label: t(`site.${one}`) }))}
            onChange={chosen => show({ view: chosen as View })} />
        </Group>
      </Group>
      {state ? <Narrowed board={board} view={drawn} state={state} clear={() => show({ state: undefined })} /> : <View board={board} keys={keys} view={drawn} />}
    </section>
  );
}

function Narrowed({ board, view, state, clear }: { board: Board; view: View; state: State; clear: () => void }) {
  const { t } = useTranslation();
  useChanges(board);
  const keys = board.keys.filter(key => connectorOf(board.row(key)!).state === state);
  if (keys.length === 0) return <Group><p>{t('site.none')}</p><Button size="xs" variant="default" onClick={clear}>{t('site.clear')}</Button></Group>;
  return <View board={board} keys={keys} view={view} />;
}

function View({ board, keys, view }: { board: Board; keys: readonly string[]; view: View }) {
  switch (view) {
    case 'table': return <ConnectorTable board={board} keys={keys} />;
    case 'heat': return <HeatMap board={board} keys={keys} />;
    default: return <ConnectorTiles board={board} keys={keys} />;
  }
}
