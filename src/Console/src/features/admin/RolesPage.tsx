import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { roles } from '../../api/people';
import { useCaller, useMay } from '../../app/session';
import { Field, FormDialog, ifAt } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { everybodys, usePermissionNames, useRoleName } from './names';

type Role = Schemas['RoleView'];

const members = ['role', 'description'];

/** What the people of the tenant may do: the three roles of every tenant, and those of its own. */
export function RolesPage() {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const namesOf = usePermissionNames();
  const may = useMay('users.manage');
  return (
    <Things
      title={t('admin.rolesTitle')} may={may} mayWrite={may} list={roles} nameOf={(role: Role) => role.role} width={560} none={t('things.none')} add={t('admin.addRole')}
      columns={[
        { word: 'admin.role', cell: role => nameOf(role.role) },
        { word: 'admin.description', cell: role => (role.builtIn ? t('admin.builtIn') : role.description) },
        { word: 'admin.permissions', cell: role => <span className="small">{namesOf(role.permissions)}</span> },
      ]}
      read={role => versioned(api.GET('/api/v1/roles/{role}', { params: { path: { role: role.role } } }))}
      form={edited => <RoleForm {...edited} />}
      isFixed={role => role.builtIn}
      remove={role => api.DELETE('/api/v1/roles/{role}', { params: { path: { role: role.role } } })} />
  );
}

function RoleForm({ thing, version, close }: Edited<Role>) {
  const { t } = useTranslation();
  const grantable = (useCaller()?.permissions ?? []).filter(one => one !== everybodys); // nobody gives what they have not
  const [role, setRole] = useState(thing?.role ?? '');
  const [description, setDescription] = useState(thing?.description ?? '');
  const [permissions, setPermissions] = useState(thing?.permissions.filter(one => one !== everybodys) ?? []);
  const save = useSave(
    roles,
    () => api.PUT('/api/v1/roles/{role}', { params: { path: { role }, header: ifAt(version) }, body: { description: description || null, permissions } }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog
      title={thing ? t('configure.editTitle', { name: thing.role }) : t('admin.addRole')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!thing}>
      {!thing && <Field {...common} name="role" label={t('admin.role')} value={role} needed hint={t('admin.roleHint')} change={setRole} />}
      <Field {...common} name="description" label={t('admin.description')} value={description} change={setDescription} />
      <Permissions choices={grantable} chosen={permissions} choose={setPermissions} />
    </FormDialog>
  );
}

/** Which permissions are meant, of those that may be given. */
export function Permissions({ choices, chosen, choose }: { choices: string[]; chosen: string[]; choose: (chosen: string[]) => void }) {
  const { t } = useTranslation();
  const namesOf = usePermissionNames();
  return (
    <Checkbox.Group label={t('admin.permissions')} size="xs" value={chosen} onChange={choose}>
      <div className="checks">{[...choices].filter(one => one !== everybodys).sort().map(one => <Checkbox key={one} size="md" name={one} value={one} label={namesOf([one])} />)}</div>
    </Checkbox.Group>
  );
}
