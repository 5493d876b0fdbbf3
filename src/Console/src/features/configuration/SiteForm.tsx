import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { useMay, useSeesAll } from '../../app/session';
import { zoneHere, zones } from '../../ui/zones';
import { useChanges } from '../changes/changes';
import { EditButtons } from './EditButtons';
import { absent, Field, FormDialog, ifAt, numberOf, textOf } from './FormParts';

const members = ['site', 'name', 'timeZone', 'energyUnit', 'limit'];

/** A button that makes a site. */
export function AddSite() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const [may, seesAll] = [useMay('fleet.write'), useSeesAll()];
  if (!may || !seesAll) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>{t('configure.addSite')}</Button>
      {opened && <SiteForm site={null} version={absent} close={close} />}
    </>
  );
}

/** Buttons that change or delete a site. */
export function EditSite({ site, version }: { site: Schemas['SiteView']; version: string | null }) {
  return (
    <EditButtons
      name={site.site} list="sites" form={close => <SiteForm site={site} version={version} close={close} />}
      remove={() => api.DELETE('/api/v1/sites/{site}', { params: { path: { site: site.site }, header: ifAt(version) } })} />
  );
}

function SiteForm({ close, ...opened }: { site: Schemas['SiteView'] | null; version: string | null; close: () => void }) {
  const { changes, collect, mayCollect } = useChanges();
  const [base] = useState({ ...opened, site: opened.site && ({ ...opened.site, ...changes.sites[opened.site.site] } as Schemas['SiteView']) }); // what is read again meanwhile is not what is edited
  const { site } = base;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [id, setId] = useState(site?.site ?? '');
  const [name, setName] = useState(site?.name ?? '');
  const [timeZone, setTimeZone] = useState(site?.timeZone ?? zoneHere());
  const [energyUnit, setEnergyUnit] = useState(site?.energyUnit ?? 'A');
  const [limit, setLimit] = useState(textOf(site?.limit));
  const [shares, setShares] = useState(site?.smartCharging?.enabled === true);
  // Members that the form does not show stay as they are: a put replaces everything.
  const input = (): Schemas['SiteInput'] => ({ name: name || id, timeZone, energyUnit, limit: numberOf(limit), tree: site?.tree ?? null, smartCharging: { ...site?.smartCharging, enabled: shares } });
  const save = useMutation({
    mutationFn: () =>
      api.PUT('/api/v1/sites/{site}', {
        params: { path: { site: id }, header: ifAt(base.version) },
        body: input(),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['sites'] });
      close();
    },
  });
  const common = { fault: save.error };
  const yesOrNo = [{ value: 'no', label: t('configure.no') }, { value: 'yes', label: t('configure.yes') }];
  return (
    <FormDialog
      title={site ? t('configure.editTitle', { name: site.name }) : t('configure.addSite')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!site} disabled={id === ''} collect={mayCollect ? () => collect('sites', { [id]: input() }) : undefined}>
      {!site && <Field {...common} name="site" label={t('configure.id')} value={id} needed hint={t('configure.siteIdHint')} change={setId} />}
      <Field {...common} name="name" label={t('configure.name')} value={name} change={setName} />
      <Field {...common} name="timeZone" label={t('configure.timeZone')} value={timeZone} choices={zones().map(zone => ({ value: zone, label: zone }))} change={setTimeZone} />
      <Field {...common} name="energyUnit" label={t('configure.unit')} value={energyUnit} choices={['A', 'W'].map(unit => ({ value: unit, label: unit }))} change={setEnergyUnit} />
      <Field {...common} name="limit" label={`${t('site.limit')}, ${energyUnit}`} value={limit} kind="number" change={setLimit} />
      <Field {...common} name="smartCharging.enabled" label={t('configure.shares')} value={shares ? 'yes' : 'no'} choices={yesOrNo} change={chosen => setShares(chosen === 'yes')} />
    </FormDialog>
  );
}
