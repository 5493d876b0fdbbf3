import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { profileTemplates } from '../../api/queries';
import { useMay } from '../../app/session';
import { draftOf, membersOf, profileOf, ProfileFields } from '../chargers/profiles/ProfileFields';
import { kindOf } from '../chargers/profiles/schedule';
import { absent, Field, FormDialog, ifAt } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { useLibrarySite } from './librarySite';

type Template = Schemas['ProfileTemplateView'];

/** Charging profiles that are kept once and given to many chargers: for all sites, and by a site in the place of that. */
export function ProfileTemplatesPage() {
  const { t } = useTranslation();
  const { site, isInherited, columns, choice } = useLibrarySite<Template>('/t/$tenant/profile-templates');
  return (
    <Things
      title={t('nav.profileTemplates')} may={useMay('fleet.read')} mayWrite={useMay('fleet.write')} list={profileTemplates(site)} nameOf={(one: Template) => one.template} textOf={one => one.name}
      width={520} none={t('profile.noTemplates')} add={t('profile.addTemplate')} extra={choice}
      columns={[
        { word: 'configure.name', cell: one => <>{one.name} <small className="muted">{one.template}</small></> },
        { word: 'profile.kind', cell: one => kindOf(one.profile) },
        { word: 'profile.periods', cell: one => one.profile.schedule.periods.map(period => `${period.start} s: ${period.limit} ${one.profile.schedule.unit}`).join(', ') },
        ...columns,
      ]}
      isKept={isInherited}
      read={async one => isInherited(one) ? { value: one, version: absent } : versioned(read(one.template, site))}
      form={edited => <TemplateForm key={site} site={site} {...edited} />}
      remove={one => site === undefined
        ? api.DELETE('/api/v1/profile-templates/{template}', { params: { path: { template: one.template } } })
        : api.DELETE('/api/v1/sites/{site}/profile-templates/{template}', { params: { path: { site, template: one.template } } })} />
  );
}

const read = (template: string, site: string | undefined) => site === undefined
  ? api.GET('/api/v1/profile-templates/{template}', { params: { path: { template } } })
  : api.GET('/api/v1/sites/{site}/profile-templates/{template}', { params: { path: { site, template } } });

function TemplateForm({ thing, version, close, site }: Edited<Template> & { site: string | undefined }) {
  const { t } = useTranslation();
  const [template, setTemplate] = useState(thing?.template ?? '');
  const [name, setName] = useState(thing?.name ?? '');
  const [draft, setDraft] = useState(() => draftOf(thing?.profile ?? null));
  const save = useSave(
    { queryKey: ['profile-templates'] },
    () => {
      const body = { name: name || null, profile: profileOf(draft) };
      return site === undefined
        ? api.PUT('/api/v1/profile-templates/{template}', { params: { path: { template }, header: ifAt(version) }, body })
        : api.PUT('/api/v1/sites/{site}/profile-templates/{template}', { params: { path: { site, template }, header: ifAt(version) }, body });
    },
    close,
  );
  return (
    <FormDialog
      title={thing ? t('configure.editTitle', { name: thing.name }) : t('profile.addTemplate')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={['template', 'name', ...membersOf('profile.')]} makes={!thing}>
      {!thing && <Field fault={save.error} name="template" label={t('configure.id')} value={template} needed hint={t('configure.siteIdHint')} change={setTemplate} />}
      <Field fault={save.error} name="name" label={t('configure.name')} value={name} change={setName} />
      <ProfileFields draft={draft} fault={save.error} prefix="profile." change={setDraft} />
    </FormDialog>
  );
}
