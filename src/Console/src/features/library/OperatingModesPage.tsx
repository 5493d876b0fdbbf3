import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { operatingModes } from '../../api/queries';
import { useMay } from '../../app/session';
import { absent, Field, FormDialog, ifAt } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { useLibrarySite } from './librarySite';
import { modeDraftOf, ModeFields, modeMembers, modeOf, modeWords } from './ModeFields';

type Mode = Schemas['OperatingModeView'];

/** How chargers take limits, kept once: for all sites, and by a site in the place of that. */
export function OperatingModesPage() {
  const { t } = useTranslation();
  const { site, isInherited, columns, choice } = useLibrarySite<Mode>('/t/$tenant/operating-modes');
  return (
    <Things
      title={t('nav.operatingModes')} may={useMay('fleet.read')} mayWrite={useMay('fleet.write')} list={operatingModes(site)} nameOf={(one: Mode) => one.mode} textOf={one => one.name}
      width={620} none={t('mode.none')} add={t('mode.add')} extra={choice}
      columns={[
        { word: 'configure.name', cell: one => <>{one.name} <small className="muted">{one.mode}</small></> },
        { word: 'mode.content', cell: one => modeWords(one.smartCharging, t) },
        ...columns,
      ]}
      isKept={isInherited}
      read={async one => isInherited(one) ? { value: one, version: absent } : versioned(read(one.mode, site))}
      form={edited => <ModeForm key={site} site={site} {...edited} />}
      remove={one => site === undefined
        ? api.DELETE('/api/v1/operating-modes/{mode}', { params: { path: { mode: one.mode } } })
        : api.DELETE('/api/v1/sites/{site}/operating-modes/{mode}', { params: { path: { site, mode: one.mode } } })} />
  );
}

const read = (mode: string, site: string | undefined) => site === undefined
  ? api.GET('/api/v1/operating-modes/{mode}', { params: { path: { mode } } })
  : api.GET('/api/v1/sites/{site}/operating-modes/{mode}', { params: { path: { site, mode } } });

function ModeForm({ thing, version, close, site }: Edited<Mode> & { site: string | undefined }) {
  const { t } = useTranslation();
  const [mode, setMode] = useState(thing?.mode ?? '');
  const [name, setName] = useState(thing?.name ?? '');
  const [draft, setDraft] = useState(() => modeDraftOf(thing?.smartCharging ?? {}));
  const save = useSave(
    { queryKey: ['operating-modes'] },
    () => {
      const body = { name: name || null, smartCharging: modeOf(draft) };
      return site === undefined
        ? api.PUT('/api/v1/operating-modes/{mode}', { params: { path: { mode }, header: ifAt(version) }, body })
        : api.PUT('/api/v1/sites/{site}/operating-modes/{mode}', { params: { path: { site, mode }, header: ifAt(version) }, body });
    },
    close,
  );
  return (
    <FormDialog
      title={thing ? t('configure.editTitle', { name: thing.name }) : t('mode.add')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={['mode', 'name', ...modeMembers]} makes={!thing}>
      {!thing && <Field fault={save.error} name="mode" label={t('configure.id')} value={mode} needed hint={t('configure.siteIdHint')} change={setMode} />}
      <Field fault={save.error} name="name" label={t('configure.name')} value={name} change={setName} />
      <ModeFields draft={draft} fault={save.error} change={setDraft} />
    </FormDialog>
  );
}
