import { Button, CopyButton, Group, Paper, SegmentedControl, Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sites } from '../../api/queries';
import { AddChargers } from '../configuration/ChargerForm';
import { AddSite } from '../configuration/SiteForm';
import { noSite } from '../sites/noSite';
import { siteOf, sumOf, type SiteNow } from '../../live/cells';
import { useMay, useSeesAll } from '../../app/session';
import { useBoard, useChanges } from '../../live/hooks';
import { StateSymbol, StateText } from '../../symbols/StateSymbol';
import { states, worstOf, type State } from '../../symbols/state';
import { Failure } from '../../ui/Failure';
import { Figure } from '../../ui/Figure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';

interface Shown {
  key: string;
  name: string;
  limit: string | null;
  now: SiteNow;
}

/** All sites of the tenant: what they do now, and where to look. */
export function Overview() {
  const { t } = useTranslation();
  const format = useFormat();
  const { view = 'cards' } = useSearch({ from: '/t/$tenant/overview' });
  const navigate = useNavigate({ from: '/t/$tenant/overview' });
  const board = useBoard('overview');
  useChanges(board);
  const list = useQuery(sites);
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data || !board.filled) return null;

  const configured = new Map(list.data.map(site => [site.site, site]));
  const shown: Shown[] = board.keys.map(key => {
    const site = configured.get(key);
    return {
      key,
      name: site?.name ?? (key || t('overview.noSite')),
      limit: site?.limit == null ? null : format.number(site.limit, 0, site.energyUnit),
      now: siteOf(board.row(key)!),
    };
  });
  const sum = sumOf(shown.map(site => site.now));
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('overview.title')}</Title>
        <Group gap="xs"><AddSite /><AddChargers /></Group>
      </Group>
      <dl className="figures">
        <Figure label={t('overview.chargersOnline')}>{format.number(sum.online)} / {format.number(sum.chargers)}</Figure>
        <Figure label={t('overview.sessions')}>{format.number(sum.sessions)}</Figure>
        <Figure label={t('overview.power')}>{format.kilowatts(sum.powerW)}</Figure>
        <Figure label={t('overview.sites')}>{format.number(list.data.length)}</Figure>
      </dl>
      {sum.chargers === 0 ? <FirstUse /> : (
        <>
          <section aria-labelledby="by-state">
            <Title order={2} size="h5" id="by-state" mb="xs">{t('overview.byState')}</Title>
            <ul className="state-counts">
              {states.filter(state => sum.connectors[state] > 0).map(state => (
                <li key={state}><StateText state={state} /> <strong className="numbers">{format.number(sum.connectors[state])}</strong></li>
              ))}
            </ul>
          </section>
          <Group justify="space-between">
            <Title order={2} size="h5">{t('overview.sites')}</Title>
            <SegmentedControl
              size="xs" aria-label={t('overview.sites')} value={view}
              data={[{ value: 'cards', label: t('overview.cards') }, { value: 'table', label: t('overview.table') }]}
              onChange={chosen => void navigate({ search: { view: chosen as 'cards' | 'table' }, replace: true })} />
          </Group>
          {view === 'cards' ? <Cards sites={shown} /> : <SiteTable sites={shown} />}
        </>
      )}
    </Stack>
  );
}

const worst = (now: SiteNow): State => worstOf(states.filter(state => now.connectors[state] > 0));

function SiteLink({ site }: { site: Shown }) {
  const { tenant } = useParams({ from: '/t/$tenant' });
  return <Link className="link strong cut" to="/t/$tenant/sites/$site" params={{ tenant, site: site.key || noSite }}>{site.name}</Link>;
}

function Cards({ sites: shown }: { sites: Shown[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="cards">
      {shown.map(site => (
        <Paper key={site.key} withBorder p="sm" component="article" aria-label={site.name}>
          <Group wrap="nowrap" justify="space-between">
            <SiteLink site={site} />
            <StateSymbol state={worst(site.now)} />
          </Group>
          <p className="numbers">{format.kilowatts(site.now.powerW)}{site.limit && <span className="muted"> · {t('overview.limit', { limit: site.limit })}</span>}</p>
          <p className="muted">{t('overview.chargersOnline')}: {format.number(site.now.online)} / {format.number(site.now.chargers)}</p>
          <ul className="state-counts small">
            {states.filter(state => site.now.connectors[state] > 0).map(state => (
              <li key={state}><StateSymbol state={state} size={16} /> {format.number(site.now.connectors[state])}</li>
            ))}
          </ul>
        </Paper>
      ))}
    </div>
  );
}

function SiteTable({ sites: shown }: { sites: Shown[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Scroll label={t('overview.sites')} width={560}>
      <Table striped verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {['overview.sites', 'overview.worst', 'overview.chargersOnline', 'overview.sessions', 'overview.power', 'value.limit'].map(word => (
              <Table.Th key={word} scope="col">{t(word)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="numbers">
          {shown.map(site => (
            <Table.Tr key={site.key}>
              <Table.Td><SiteLink site={site} /></Table.Td>
              <Table.Td><StateText state={worst(site.now)} size={16} /></Table.Td>
              <Table.Td>{format.number(site.now.online)} / {format.number(site.now.chargers)}</Table.Td>
              <Table.Td>{format.number(site.now.sessions)}</Table.Td>
              <Table.Td>{format.kilowatts(site.now.powerW)}</Table.Td>
              <Table.Td>{site.limit ?? '—'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** What to tell a charger, where there is none yet. */
function FirstUse() {
  const { t } = useTranslation();
  const [mayWrite, seesAll] = [useMay('fleet.write'), useSeesAll()];
  const { tenant } = useParams({ from: '/t/$tenant' });
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ocpp/${tenant === 'default' ? '' : `${tenant}/`}`;
  if (!seesAll) return <Paper withBorder p="lg">{t('overview.noSites')}</Paper>;
  return (
    <Paper withBorder p="lg">
      <Title order={2} size="h4">{t('overview.emptyTitle')}</Title>
      <p>{t('overview.emptyText')}</p>
      {mayWrite && <p><Link className="link" to="/t/$tenant/welcome" params={{ tenant }}>{t('welcome.title')}</Link></p>}
      <Group>
        <code>{address}</code>
        <CopyButton value={address}>
          {({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? t('overview.copied') : t('overview.copy')}</Button>}
        </CopyButton>
      </Group>
    </Paper>
  );
}
