import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { roles, users } from '../../api/people';
import { useCaller, useMay } from '../../app/session';
import { Field, FormDialog, ifAt } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { AlarmLevels, rightsOf, textsOf } from './AlarmLevels';
import { useRoleName } from './names';
import { SeenSites, useSeenSites } from './SeenSites';

type User = Schemas['UserView'];

const members = ['username', 'role', 'password', 'disabled', 'sites', 'alarmLevels'];

/** The people of the tenant: who they are, what they may do, and whether they may sign in. */
export function UsersPage() {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const seen = useSeenSites();
  const may = useMay('users.manage');
  const self = useCaller()?.user;
  return (
    <Things
      title={t('admin.users')} may={may} mayWrite={may} list={users} nameOf={(user: User) => user.username} width={600} none={t('things.none')} add={t('admin.addUser')}
      columns={[
        { word: 'signIn.username', cell: user => user.username },
        { word: 'admin.role', cell: user => <>{nameOf(user.role)}{user.platformAdministrator && <span className="muted"> · {t('admin.platform')}</span>}</> },
        { word: 'admin.sees', cell: user => seen(user.sites) },
        { word: 'admin.provider', cell: user => user.identity?.provider ?? '' },
        { word: 'admin.mayEnter', cell: user => (user.disabled ? t('configure.no') : t('configure.yes')) },
      ]}
      read={user => versioned(api.GET('/api/v1/users/{username}', { params: { path: { username: user.username } } }))}
      form={edited => <UserForm {...edited} />}
      isKept={user => user.username === self}
      remove={user => api.DELETE('/api/v1/users/{username}', { params: { path: { username: user.username } } })} />
  );
}

function UserForm({ thing: user, version, close }: Edited<User>) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const known = useQuery(roles).data ?? [];
  const [username, setUsername] = useState(user?.username ?? '');
  const [role, setRole] = useState(user?.role ?? 'guest');
  const [password, setPassword] = useState('');
  const [disabled, setDisabled] = useState(user?.disabled ?? false);
  const [sites, setSites] = useState(user?.sites ?? null);
  const [levels, setLevels] = useState(() => textsOf(user?.alarmLevels));
  const alarmLevels = rightsOf(levels);
  const save = useSave(
    users,
    () =>
      api.PUT('/api/v1/users/{username}', {
        params: { path: { username }, header: ifAt(version) },
        body: { role, password: password || null, disabled, platformAdministrator: user?.platformAdministrator ?? false, sites, alarmLevels },
      }),
    close,
  );
  const common = { fault: save.error };
  const choices = [...new Set([role, ...known.map(one => one.role)])];
  return (
    <FormDialog
      title={user ? t('configure.editTitle', { name: user.username }) : t('admin.addUser')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!user} disabled={alarmLevels === undefined}>
      {!user && <Field {...common} name="username" label={t('signIn.username')} value={username} needed change={setUsername} />}
      <Field {...common} name="role" label={t('admin.role')} value={role} choices={choices.map(one => ({ value: one, label: nameOf(one) }))} change={setRole} />
      <Field {...common} name="password" label={user ? t('admin.newPassword') : t('signIn.password')} value={password} kind="password" needed={!user} hint={t('admin.passwordHint')} change={setPassword} />
      <Field
        {...common} name="disabled" label={t('admin.mayEnter')} value={disabled ? 'no' : 'yes'}
        choices={[{ value: 'yes', label: t('configure.yes') }, { value: 'no', label: t('configure.no') }]} change={chosen => setDisabled(chosen === 'no')} />
      {!user?.platformAdministrator && <SeenSites value={sites} fault={save.error} change={setSites} />}
      <AlarmLevels value={levels} fault={save.error} change={setLevels} />
    </FormDialog>
  );
}
