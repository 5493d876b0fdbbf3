import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { sites, tags } from '../../api/queries';
import { useMay } from '../../app/session';
import { Export } from '../../ui/Export';
import { useFormat } from '../../ui/format';
import { Field, FormDialog, ifAt, numberOf, textOf } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { TagImport } from './TagImport';

type Tag = Schemas['TagView'];

const statuses = ['Accepted', 'Blocked', 'Expired', 'Invalid'];
const members = ['idTag', 'status', 'expiry', 'parent', 'sites[0]', 'priority', 'vehicle', 'departure', 'energyWh'];

/** The tags of drivers: which of them may charge, where, and before whom. */
export function TagsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay('tags.write');
  return (
    <Things
      title={t('people.tags')} may={useMay('tags.read')} mayWrite={mayWrite} list={tags} nameOf={(tag: Tag) => tag.idTag} textOf={tag => `${tag.vehicle ?? ''} ${tag.parent ?? ''}`}
      width={720} none={t('people.noTags')} add={t('people.addTag')}
      extra={<Group gap="xs"><Export path="/api/v1/tags" endings={['csv']} />{mayWrite && <TagImport />}</Group>}
      columns={[
        { word: 'session.tag', cell: tag => tag.idTag },
        { word: 'people.status', cell: tag => t(`people.statuses.${tag.status}`) },
        { word: 'people.expiry', cell: tag => (tag.expiry ? format.moment(tag.expiry) : t('admin.never')) },
        { word: 'people.group', cell: tag => tag.parent ?? '—' },
        { word: 'people.sites', cell: tag => (tag.sites.length === 0 ? t('people.everywhere') : tag.sites.join(', ')) },
        { word: 'configure.priority', cell: tag => tag.priority ?? '—' },
        { word: 'session.vehicle', cell: tag => tag.vehicle ?? '—' },
      ]}
      read={tag => versioned(api.GET('/api/v1/tags/{idTag}', { params: { path: { idTag: tag.idTag } } }))}
      form={edited => <TagForm {...edited} />}
      remove={tag => api.DELETE('/api/v1/tags/{idTag}', { params: { path: { idTag: tag.idTag } } })} />
  );
}

function TagForm({ thing, version, close }: Edited<Tag>) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useQuery(sites).data ?? [];
  const [idTag, setIdTag] = useState(thing?.idTag ?? '');
  const [status, setStatus] = useState(thing?.status ?? statuses[0]!);
  const [expiry, setExpiry] = useState(thing?.expiry ?? undefined);
  const [parent, setParent] = useState(thing?.parent ?? '');
  const [allowed, setAllowed] = useState(thing?.sites ?? []);
  const [priority, setPriority] = useState(textOf(thing?.priority));
  const [vehicle, setVehicle] = useState(thing?.vehicle ?? '');
  const [departure, setDeparture] = useState(thing?.departure ?? '');
  const [energy, setEnergy] = useState(textOf(thing?.energyWh));
  const save = useSave(
    tags,
    () =>
      api.PUT('/api/v1/tags/{idTag}', {
        params: { path: { idTag }, header: ifAt(version) },
        body: {
          status, expiry: expiry ?? null, parent: parent || null, sites: allowed, priority: numberOf(priority), vehicle: vehicle || null,
          departure: departure || null, energyWh: numberOf(energy), concurrentTransactions: thing?.concurrentTransactions ?? null,
        },
      }),
    close,
  );
  const common = { fault: save.error };
  const oneSite = allowed.length < 2; // several are given by the API or a file, and kept as they are
  return (
    <FormDialog
      title={thing ? t('configure.editTitle', { name: thing.idTag }) : t('people.addTag')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!thing}>
      {!thing && <Field {...common} name="idTag" label={t('session.tag')} value={idTag} needed change={setIdTag} />}
      <Field {...common} name="status" label={t('people.status')} value={status} choices={statuses.map(one => ({ value: one, label: t(`people.statuses.${one}`) }))} change={setStatus} />
      <Field {...common} name="expiry" kind="moment" label={t('people.expiry')} value={format.field(expiry)} change={local => setExpiry(format.fromField(local))} />
      <Field {...common} name="parent" label={t('people.group')} value={parent} hint={t('people.groupHint')} change={setParent} />
      {oneSite && (
        <Field
          {...common} name="sites[0]" label={t('people.sites')} value={allowed[0] ?? ''}
          choices={[{ value: '', label: t('people.everywhere') }, ...known.map(site => ({ value: site.site, label: site.name }))]} change={site => setAllowed(site === '' ? [] : [site])} />
      )}
      <Field {...common} name="priority" kind="number" label={t('configure.priority')} value={priority} hint={t('configure.priorityHint')} change={setPriority} />
      <Field {...common} name="vehicle" label={t('session.vehicle')} value={vehicle} change={setVehicle} />
      <Field {...common} name="departure" label={t('people.departure')} value={departure} hint={t('people.departureHint')} change={setDeparture} />
      <Field {...common} name="energyWh" kind="number" label={t('people.needs')} value={energy} change={setEnergy} />
    </FormDialog>
  );
}
