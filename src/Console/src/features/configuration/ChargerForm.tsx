import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { useMay } from '../../app/session';
import { useChanges } from '../changes/changes';
import { EditButtons } from './EditButtons';
import { collected, connectorsOf, inputOf } from './chargerInput';
import { energyDraftOf, EnergyFields, energyMembers, parametersOf } from './EnergyFields';
import { absent, Field, FormDialog, ifAt, numberOf } from './FormParts';
import { ModeChoice } from './ModeChoice';
import { mostAtOnce, namesOf } from './pattern';
import { SiteChoice } from './SiteChoice';
import { useSave } from './Things';

const members = ['charger', 'site', 'connectors', 'sharing', 'operatingMode', 'maxCurrent', 'password', 'securityProfile'];

/** A button that makes one charger or many. */
export function AddChargers({ site }: { site?: string | undefined }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  if (!useMay('fleet.write')) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>{t('configure.addChargers')}</Button>
      {opened && <NewChargers site={site ?? ''} close={close} />}
    </>
  );
}

function NewChargers({ site: first, close }: { site: string; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { collect, mayCollect } = useChanges();
  const [pattern, setPattern] = useState('');
  const [count, setCount] = useState('1');
  const [site, setSite] = useState(first);
  const [connectors, setConnectors] = useState('1');
  const [maxCurrent, setMaxCurrent] = useState('');
  const [password, setPassword] = useState('');
  const wanted = numberOf(count);
  const names = Number.isInteger(wanted) && wanted! >= 1 && wanted! <= mostAtOnce ? namesOf(pattern, wanted!) : [];
  const input: Schemas['ChargerInput'] = { site: site || null, connectors: numberOf(connectors) ?? 1, maxCurrent: numberOf(maxCurrent) };
  const save = useMutation({
    mutationFn: async () => {
      // One after the other: the first that is refused says why, and what stands is seen behind the dialog.
      for (const charger of names) {
        await api.PUT('/api/v1/chargers/{charger}', {
          params: { path: { charger }, header: ifAt(absent) },
          body: { ...input, password: password || null },
        });
      }
    },
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ['chargers'] }),
  });
  const common = { fault: save.error };
  return (
    <FormDialog title={t('configure.addChargers')} opened close={close} save={() => names.length > 0 && pattern !== '' && save.mutate()} saving={save.isPending} fault={save.error} members={members} makes
      collect={mayCollect && password === '' && names.length > 0 && pattern !== '' ? () => collect('chargers', Object.fromEntries(names.map(name => [name, input]))) : undefined}>
      <Field {...common} name="charger" label={t('configure.chargerId')} value={pattern} needed hint={t('configure.chargerIdHint')} change={setPattern} />
      <Field {...common} name="count" label={t('configure.count', { most: mostAtOnce })} value={count} kind="number" change={setCount} />
      {names.length > 1 && <p className="muted small">{names[0]} … {names.at(-1)}</p>}
      <SiteChoice label={t('charger.site')} none={t('overview.noSite')} value={site} fault={save.error} change={setSite} />
      <Field {...common} name="connectors" label={t('charger.connectors')} value={connectors} kind="number" change={setConnectors} />
      <Field {...common} name="maxCurrent" label={t('configure.maxCurrent')} value={maxCurrent} kind="number" change={setMaxCurrent} />
      <Field {...common} name="password" label={t('configure.password')} value={password} kind="password" hint={t('configure.passwordHint')} change={setPassword} />
    </FormDialog>
  );
}

/** Buttons that change or delete a charger. */
export function EditCharger({ charger, version }: { charger: Schemas['ChargerView']; version: string | null }) {
  const { t } = useTranslation();
  const [copying, copy] = useDisclosure(false);
  return (
    <EditButtons
      name={charger.charger} list="chargers" form={close => <ChargerForm charger={charger} version={version} close={close} />}
      remove={() => api.DELETE('/api/v1/chargers/{charger}', { params: { path: { charger: charger.charger }, header: ifAt(version) } })}>
      <Button size="xs" variant="default" onClick={copy.open}>{t('configure.copy')}</Button>
      {copying && <CopyForm of={charger} close={copy.close} />}
    </EditButtons>
  );
}

const sharings = ['', 'Independent', 'Shared', 'Exclusive'];

function ChargerForm({ close, ...opened }: { charger: Schemas['ChargerView']; version: string | null; close: () => void }) {
  const { changes, collect, mayCollect } = useChanges();
  const [{ charger, version }] = useState({ ...opened, charger: collected(opened.charger, changes) }); // what is read again meanwhile is not what is edited
  const { t } = useTranslation();
  const [site, setSite] = useState(charger.site ?? '');
  const [connectors, setConnectors] = useState(String(charger.connectors.length));
  const [sharing, setSharing] = useState(charger.sharing ?? '');
  const [mode, setMode] = useState(charger.operatingMode);
  const [draft, setDraft] = useState(() => energyDraftOf(charger));
  const input = (): Schemas['ChargerInput'] => ({
    ...inputOf(charger), ...parametersOf(draft), site: site || null, sharing: sharing || null, operatingMode: mode, connectors: connectorsOf(charger, numberOf(connectors)),
  });
  const save = useSave(
    { queryKey: ['chargers'] },
    () => api.PUT('/api/v1/chargers/{charger}', { params: { path: { charger: charger.charger }, header: ifAt(version) }, body: input() }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog title={t('configure.editTitle', { name: charger.charger })} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={[...members, ...energyMembers]}
      collect={mayCollect ? () => collect('chargers', { [charger.charger]: input() }) : undefined}>
      <SiteChoice label={t('charger.site')} none={t('overview.noSite')} value={site} fault={save.error} change={setSite} />
      <Field {...common} name="connectors" label={t('charger.connectors')} value={connectors} kind="number" change={setConnectors} />
      <Field {...common} name="sharing" label={t('parameter.sharing')} value={sharing} choices={sharings.map(one => ({ value: one, label: t(`parameter.sharings.${one || 'unset'}`) }))} change={setSharing} />
      <ModeChoice site={site} standing={charger.operatingMode} value={mode} fault={save.error} change={setMode} />
      <EnergyFields {...common} draft={draft} change={setDraft} />
    </FormDialog>
  );
}

/** A new charger that is configured as another is. It gets no password: none is known. */
function CopyForm({ of, close }: { of: Schemas['ChargerView']; close: () => void }) {
  const { t } = useTranslation();
  const { collect, mayCollect } = useChanges();
  const [name, setName] = useState('');
  const save = useSave(
    { queryKey: ['chargers'] },
    () => api.PUT('/api/v1/chargers/{charger}', { params: { path: { charger: name }, header: ifAt(absent) }, body: inputOf(of) }),
    close,
  );
  return (
    <FormDialog title={t('configure.copyTitle', { name: of.charger })} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={['charger']} makes disabled={name === ''}
      collect={mayCollect ? () => collect('chargers', { [name]: inputOf(of) }) : undefined}>
      <Field fault={save.error} name="charger" label={t('configure.chargerId')} value={name} needed hint={t('configure.copyHint')} change={setName} />
    </FormDialog>
  );
}

