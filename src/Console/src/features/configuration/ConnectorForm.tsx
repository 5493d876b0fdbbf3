import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { inputOf } from './chargerInput';
import { energyDraftOf, EnergyFields, energyMembers, parametersOf } from './EnergyFields';
import { FormDialog, ifAt } from './FormParts';
import { useSave } from './Things';

/** What the allocation may ask of one connector. */
export function ConnectorForm({ number, close, ...opened }: { charger: Schemas['ChargerView']; version: string | null; number: number; close: () => void }) {
  const [{ charger, version }] = useState(opened); // what is read again meanwhile is not what is edited
  const { t } = useTranslation();
  const place = charger.connectors.findIndex(one => one.connector === number);
  const [draft, setDraft] = useState(() => energyDraftOf(charger.connectors[place] ?? {}));
  const prefix = `connectors[${place}].`;
  const save = useSave(
    { queryKey: ['chargers'] },
    () => {
      const input = inputOf(charger);
      const connectors = (input.connectors as Schemas['ConnectorInput'][]).map((one, at) => (at === place ? { ...one, ...parametersOf(draft) } : one));
      return api.PUT('/api/v1/chargers/{charger}', { params: { path: { charger: charger.charger }, header: ifAt(version) }, body: { ...input, connectors } });
    },
    close,
  );
  return (
    <FormDialog
      title={t('configure.editTitle', { name: `${charger.charger} · ${number}` })} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error}
      members={energyMembers.map(member => prefix + member)}>
      <EnergyFields draft={draft} fault={save.error} prefix={prefix} change={setDraft} />
    </FormDialog>
  );
}
