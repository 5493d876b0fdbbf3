import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { vehicles } from '../../api/queries';
import { useMay } from '../../app/session';
import { Field, FormDialog, ifAt } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';

type Vehicle = Schemas['VehicleView'];

const members = ['vehicle', 'name', 'vin', 'evccid', 'tags'];

/** Vehicles, and the tags by which chargers know them. */
export function VehiclesPage() {
  const { t } = useTranslation();
  return (
    <Things
      title={t('people.vehicles')} may={useMay('tags.read')} mayWrite={useMay('tags.write')} list={vehicles} nameOf={(one: Vehicle) => one.vehicle}
      textOf={one => `${one.name} ${one.vin ?? ''} ${one.tags.join(' ')}`} width={560} none={t('people.noVehicles')} add={t('people.addVehicle')}
      columns={[
        { word: 'session.vehicle', cell: one => <>{one.name} <small className="muted">{one.vehicle}</small></> },
        { word: 'people.vin', cell: one => one.vin ?? '—' },
        { word: 'people.evccid', cell: one => one.evccid ?? '—' },
        { word: 'people.tags', cell: one => one.tags.join(', ') || '—' },
      ]}
      read={one => versioned(api.GET('/api/v1/vehicles/{vehicle}', { params: { path: { vehicle: one.vehicle } } }))}
      form={edited => <VehicleForm {...edited} />}
      remove={one => api.DELETE('/api/v1/vehicles/{vehicle}', { params: { path: { vehicle: one.vehicle } } })} />
  );
}

function VehicleForm({ thing, version, close }: Edited<Vehicle>) {
  const { t } = useTranslation();
  const [vehicle, setVehicle] = useState(thing?.vehicle ?? '');
  const [name, setName] = useState(thing?.name ?? '');
  const [vin, setVin] = useState(thing?.vin ?? '');
  const [evccid, setEvccid] = useState(thing?.evccid ?? '');
  const [tags, setTags] = useState(thing?.tags.join(', ') ?? '');
  const save = useSave(
    vehicles,
    () =>
      api.PUT('/api/v1/vehicles/{vehicle}', {
        params: { path: { vehicle }, header: ifAt(version) },
        body: {
          name: name || null, vin: vin || null, evccid: evccid || null, site: thing?.site ?? null,
          tags: tags.split(',').map(tag => tag.trim()).filter(tag => tag !== ''),
        },
      }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog
      title={thing ? t('configure.editTitle', { name: thing.name }) : t('people.addVehicle')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!thing}>
      {!thing && <Field {...common} name="vehicle" label={t('configure.id')} value={vehicle} needed change={setVehicle} />}
      <Field {...common} name="name" label={t('configure.name')} value={name} change={setName} />
      <Field {...common} name="vin" label={t('people.vin')} value={vin} change={setVin} />
      <Field {...common} name="evccid" label={t('people.evccid')} value={evccid} hint={t('people.evccidHint')} change={setEvccid} />
      <Field {...common} name="tags" label={t('people.tags')} value={tags} hint={t('people.tagsHint')} change={setTags} />
    </FormDialog>
  );
}
