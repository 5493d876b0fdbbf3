import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { chargers as allChargers, site as siteQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { useChanges } from '../changes/changes';
import { Field, ifAt } from '../configuration/FormParts';
import { SiteTabs } from '../sites/SiteTabs';
import { Nodes } from './Nodes';
import { Schedule } from './Schedule';
import { draftOf, treeOf, unplaced, type Tree } from './tree';

/** The supply below a site's grid connection: its feeders, its limit by the time of the week, and what others take. */
export function SupplyPage() {
  const { site: name } = useParams({ from: '/t/$tenant/sites/$site/supply' });
  const site = useQuery(siteQuery(name));
  if (site.isError) return <Failure fault={site.error} retry={() => void site.refetch()} />;
  if (!site.data) return null;
  return (
    <Stack>
      <SiteTabs site={name} name={site.data.value.name} />
      <Form site={site.data.value} version={site.data.version} />
    </Stack>
  );
}

function Form({ site: standing, version: first }: { site: Schemas['SiteView']; version: string | null }) {
  const { t } = useTranslation();
  const { changes, collect, mayCollect } = useChanges();
  const queries = useQueryClient();
  const [site] = useState({ ...standing, ...changes.sites[standing.site] } as Schemas['SiteView']); // what is read again meanwhile is not what is edited
  const [version, setVersion] = useState(first);
  const [draft, setDraft] = useState(() => draftOf(site.tree as Tree | null));
  const chargers = (useQuery(allChargers).data ?? []).filter(one => one.site === site.site);
  const may = useMay('fleet.write');
  const input = (): Schemas['SiteInput'] => {
    const { name, timeZone, energyUnit, limit, smartCharging } = site;
    return { name, timeZone, energyUnit, limit, smartCharging, tree: treeOf(draft) as never };
  };
  const save = useMutation({
    mutationFn: () => versioned(api.PUT('/api/v1/sites/{site}', { params: { path: { site: site.site }, header: ifAt(version) }, body: input() })),
    onSuccess: written => {
      setVersion(written.version);
      return queries.invalidateQueries({ queryKey: ['sites'] });
    },
  });
  const common = { fault: save.error };
  const base = draft.baseLoad;
  const setBase = (member: Partial<typeof base>) => setDraft({ ...draft, baseLoad: { ...base, ...member } });
  return (
    <form
      className="form" noValidate
      onSubmit={submitted => {
        submitted.preventDefault();
        save.mutate();
      }}>
      <fieldset className="plain" disabled={!may}>
        <Stack>
          <Nodes nodes={draft.nodes} fault={save.error} loose={unplaced(draft.nodes, chargers.map(one => one.charger))} change={nodes => setDraft({ ...draft, nodes })} />
          <Schedule entries={draft.schedule} unit={site.energyUnit} fault={save.error} change={schedule => setDraft({ ...draft, schedule })} />
          <Paper withBorder p="sm" component="section" aria-labelledby="others">
            <Title order={2} size="h5" id="others">{t('supply.others')}</Title>
            <p className="muted small">{t('supply.othersHint')}</p>
            <div className="filter">
              <Field {...common} name="tree.baseLoad.worstCase" label={`${t('supply.worstCase')}, ${site.energyUnit}`} kind="number" value={base.worstCase} change={worstCase => setBase({ worstCase })} />
              <Field {...common} name="tree.baseLoad.windowSeconds" label={t('supply.window')} kind="number" value={base.windowSeconds} change={windowSeconds => setBase({ windowSeconds })} />
              <Field {...common} name="tree.baseLoad.staleSeconds" label={t('supply.stale')} kind="number" value={base.staleSeconds} change={staleSeconds => setBase({ staleSeconds })} />
              <Field
                {...common} name="tree.baseLoad.usesGeneration" label={t('supply.generation')} value={base.usesGeneration ? 'yes' : 'no'}
                choices={['no', 'yes'].map(value => ({ value, label: t(`configure.${value}`) }))} change={chosen => setBase({ usesGeneration: chosen === 'yes' })} />
              <Field
                {...common} name="tree.baseLoad.countsVehicles" label={t('supply.countsVehicles')} value={base.countsVehicles ? 'yes' : 'no'}
                choices={['no', 'yes'].map(value => ({ value, label: t(`configure.${value}`) }))} change={chosen => setBase({ countsVehicles: chosen === 'yes' })} />
              <Field {...common} name="tree.voltage" label={t('supply.voltage')} kind="number" value={draft.voltage} change={voltage => setDraft({ ...draft, voltage })} />
              <Field {...common} name="tree.margin" label={t('supply.margin')} kind="number" value={draft.margin} change={margin => setDraft({ ...draft, margin })} />
            </div>
          </Paper>
          {save.isError && <Failure fault={save.error} />}
          {save.isSuccess && <p role="status">{t('settings.saved')}</p>}
          {may && (
            <Group>
              <Button size="xs" type="submit" loading={save.isPending}>{t('configure.save')}</Button>
              {mayCollect && <Button size="xs" variant="default" onClick={() => collect('sites', { [site.site]: input() })}>{t('changes.collect')}</Button>}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
