import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../../api/client';
import { charger as chargerQuery, installedProfiles, profileTemplates } from '../../../api/queries';
import { Field, FormDialog, numberOf } from '../../configuration/FormParts';
import { useSave } from '../../configuration/Things';
import { draftOf, membersOf, profileOf, ProfileFields } from './ProfileFields';

const own = '';

interface Props {
  charger: string;
  of: Schemas['InstalledProfileView'] | null;
  /** A number that no profile of the charger has. */
  free: number;
  close: () => void;
}

/** What a charger is to hold: a profile of the library, or one made here. */
export function ProfileForm({ charger, of, free, close }: Props) {
  const { t } = useTranslation();
  const site = useQuery({ ...chargerQuery(charger), refetchInterval: false }).data;
  const known = useQuery({ ...profileTemplates(site?.value.site ?? undefined), enabled: site !== undefined }).data ?? [];
  const [id, setId] = useState(String(of?.profile ?? free));
  const [connector, setConnector] = useState(String(of?.connector ?? 1));
  const [template, setTemplate] = useState(of?.template ?? own);
  const [draft, setDraft] = useState(() => draftOf(of?.desired ?? null));
  const save = useSave(
    installedProfiles(charger),
    () =>
      api.PUT('/api/v1/chargers/{charger}/profiles/{profile}', {
        params: { path: { charger, profile: Number(id) } },
        body: { connector: numberOf(connector) ?? 0, ...(template === own ? { profile: profileOf(draft) } : { template }) },
      }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog
      title={of ? t('profile.one', { id: of.profile }) : t('profile.add')} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error}
      members={['profile', 'connector', 'template', ...membersOf('profile.')]} disabled={!/^\d+$/.test(id)}>
      {!of && <Field {...common} name="profile" kind="number" label={t('profile.id')} value={id} needed change={setId} />}
      <Field {...common} name="connector" kind="number" label={t('session.connector')} value={connector} needed hint={t('profile.wholeHint')} change={setConnector} />
      <Field
        {...common} name="template" label={t('profile.template')} value={template} change={setTemplate}
        choices={[{ value: own, label: t('profile.own') }, ...known.map(one => ({ value: one.template, label: one.name }))]} />
      {template === own && <ProfileFields draft={draft} fault={save.error} prefix="profile." change={setDraft} />}
    </FormDialog>
  );
}
