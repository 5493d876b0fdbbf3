import { Alert, Button, Code, CopyButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../../api/client';
import { roles } from '../../api/people';
import { apiKeys } from '../../api/queries';
import { useMay } from '../../app/session';
import { useFormat } from '../../ui/format';
import { Field, FormDialog } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { Permissions } from './RolesPage';
import { usePermissionNames, useRoleName } from './names';
import { SeenSites, useSeenSites } from './SeenSites';

type Key = Schemas['ApiKeyView'];

const members = ['description', 'role', 'expiresAt', 'permissions', 'sites'];

/** Keys of programs. A secret is shown once, when its key is made. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useRoleName();
  const namesOf = usePermissionNames();
  const seen = useSeenSites();
  const may = useMay('api-keys.manage');
  const [made, show] = useState<Schemas['NewApiKey'] | null>(null);
  return (
    <>
      {made && <Secret made={made} close={() => show(null)} />}
      <Things
        title={t('admin.apiKeys')} may={may} mayWrite={may} list={apiKeys} nameOf={(key: Key) => key.id} textOf={key => key.description ?? ''} width={720}
        none={t('admin.noKeys')} add={t('admin.addKey')}
        columns={[
          { word: 'admin.description', cell: key => <>{key.description}<div className="muted small">{key.id}</div></> },
          { word: 'admin.role', cell: key => nameOf(key.role) },
          { word: 'admin.permissions', cell: key => <span className="small">{key.permissions ? namesOf(key.permissions) : t('admin.allOfRole')}</span> },
          { word: 'admin.sees', cell: key => seen(key.sites) },
          { word: 'admin.made', cell: key => format.moment(key.createdAt) },
          { word: 'admin.until', cell: key => (key.expiresAt ? format.moment(key.expiresAt) : t('admin.never')) },
        ]}
        form={edited => <KeyForm {...edited} show={show} />}
        remove={key => api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: key.id } } })} />
    </>
  );
}

function Secret({ made, close }: { made: Schemas['NewApiKey']; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" variant="outline" mb="md" role="status" withCloseButton onClose={close} closeButtonLabel={t('command.cancel')}>
      <p>{t('admin.secretOnce', { name: made.key.description })}</p>
      <Code block data-secret="">{made.secret}</Code>
      <CopyButton value={made.secret}>{({ copied, copy }) => <Button size="xs" mt="xs" onClick={copy}>{copied ? t('overview.copied') : t('overview.copy')}</Button>}</CopyButton>
    </Alert>
  );
}

function KeyForm({ close, show }: Edited<Key> & { show: (made: Schemas['NewApiKey']) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useRoleName();
  const known = useQuery(roles).data;
  const [description, setDescription] = useState('');
  const [role, setRole] = useState('guest');
  const [expiresAt, setExpiresAt] = useState<string | undefined>();
  const [permissions, setPermissions] = useState<string[]>([]);
  const [sites, setSites] = useState<string[] | null>(null);
  const save = useSave(
    apiKeys,
    async () =>
      show(await data(api.POST('/api/v1/api-keys', { body: { description: description || null, role, expiresAt: expiresAt ?? null, permissions: permissions.length > 0 ? permissions : null, sites } }))),
    close,
  );
  const common = { fault: save.error };
  const ofRole = known?.find(one => one.role === role)?.permissions ?? [];
  const choose = (chosen: string) => {
    setRole(chosen);
    setPermissions([]);
  };
  return (
    <FormDialog title={t('admin.addKey')} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={members} makes>
      <Field {...common} name="description" label={t('admin.description')} value={description} needed change={setDescription} />
      <Field {...common} name="role" label={t('admin.role')} value={role} choices={(known ?? [{ role }]).map(one => ({ value: one.role, label: nameOf(one.role) }))} change={choose} />
      <Field {...common} name="expiresAt" kind="moment" label={t('admin.until')} value={format.field(expiresAt)} change={local => setExpiresAt(format.fromField(local))} />
      <p className="muted small">{t('admin.scopeHint')}</p>
      <Permissions choices={ofRole} chosen={permissions} choose={setPermissions} />
      <SeenSites value={sites} fault={save.error} change={setSites} />
    </FormDialog>
  );
}
