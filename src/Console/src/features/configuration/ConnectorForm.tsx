import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { useChanges } from '../changes/changes';
import { collected, inputOf } from './chargerInput';
import { energyDraftOf, EnergyFields, energyMembers, parametersOf } from './EnergyFields';
import { FormDialog, ifAt } from './FormParts';
import { useSave } from './Things';

/** What the allocation may ask of one connector. */
export function ConnectorForm({ number, close, ...opened }: { charger: Schemas['ChargerView']; version: string | null; number: number; close: () => void }) {
  const { changes, collect, mayCollect } = useChanges();
  const [{ charger, version }] = useState({ ...opened, charger: collected(opened.charger, changes) }); // what is read again meanwhile is not what is edited
  const { t } = useTranslation();
  const place = charger.connectors.findIndex(one => one.connector === number);
  const [draft, setDraft] = useState(() => energyDraftOf(charger.connectors[place] ?? {}));
  const prefix = `connectors[${place}].`;
  const input = (): Schemas['ChargerInput'] => {
    const whole = inputOf(charger);
    const connectors = (whole.connectors as Schemas['ConnectorInput'][]).map((one, at) => (at === place ? { ...one, ...parametersOf(draft) } : one));
    return { ...whole, connectors };
  };
  const save = useSave(
    { queryKey: ['chargers'] },
    () => api.PUT('/api/v1/chargers/{charger}', { params: { path: { charger: charger.charger }, header: ifAt(version) }, body: input() }),
    close,
  );
  return (
    <FormDialog
      title={t('configure.editTitle', { name: `${charger.charger} · ${number}` })} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error}
      members={energyMembers.map(member => prefix + member)} collect={mayCollect ? () => collect('chargers', { [charger.charger]: input() }) : undefined}>
      <EnergyFields draft={draft} fault={save.error} prefix={prefix} change={setDraft} />
    </FormDialog>
  );
}
