import { Button, Group, Stack, Table, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, type Schemas } from '../../api/client';
import { roles, users } from '../../api/queries';
import { useCaller, useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { absent, DeleteDialog, Field, FormDialog, ifAt } from '../configuration/FormParts';

const builtIn = ['administrator', 'operator', 'guest'];
const members = ['username', 'role', 'password', 'disabled'];

/** The people of the tenant: who they are, what they may do, and whether they may sign in. */
export function UsersPage() {
  const { t } = useTranslation();
  const may = useMay('users.manage');
  const list = useQuery({ ...users, enabled: may });
  const [editing, edit] = useState<Schemas['UserView'] | 'new' | null>(null);
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('admin.users')}</Title>
        <Button size="xs" variant="default" onClick={() => edit('new')}>{t('admin.addUser')}</Button>
      </Group>
      <Scroll label={t('admin.users')} width={480}>
        <Table striped verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>{['signIn.username', 'admin.role', 'admin.mayEnter', 'admin.actions'].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr>
          </Table.Thead>
          <Table.Tbody>{list.data.map(user => <Row key={user.username} user={user} edit={() => edit(user)} />)}</Table.Tbody>
        </Table>
      </Scroll>
      {editing !== null && <UserForm user={editing === 'new' ? null : editing} close={() => edit(null)} />}
    </Stack>
  );
}

const useRoleName = (): ((role: string) => string) => {
  const { t } = useTranslation();
  return role => (builtIn.includes(role) ? t(`admin.roles.${role}`) : role);
};

function Row({ user, edit }: { user: Schemas['UserView']; edit: () => void }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const queries = useQueryClient();
  const own = useCaller()?.user === user.username;
  const [deleting, deletion] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/users/{username}', { params: { path: { username: user.username } } }),
    onSuccess: async () => {
      deletion.close();
      await queries.invalidateQueries(users);
    },
  });
  return (
    <Table.Tr data-user={user.username}>
      <Table.Td>{user.username}</Table.Td>
      <Table.Td>{nameOf(user.role)}{user.platformAdministrator && <span className="muted"> · {t('admin.platform')}</span>}</Table.Td>
      <Table.Td>{user.disabled ? t('configure.no') : t('configure.yes')}</Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button size="xs" variant="default" onClick={edit}>{t('configure.edit')}</Button>
          {!own && <Button size="xs" variant="default" onClick={deletion.open}>{t('configure.delete')}</Button>}
        </Group>
        <DeleteDialog name={user.username} opened={deleting} close={deletion.close} remove={() => remove.mutate()} fault={remove.error} />
      </Table.Td>
    </Table.Tr>
  );
}

function UserForm({ user, close }: { user: Schemas['UserView'] | null; close: () => void }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const queries = useQueryClient();
  const known = useQuery(roles).data ?? [];
  const [username, setUsername] = useState(user?.username ?? '');
  const [role, setRole] = useState(user?.role ?? 'guest');
  const [password, setPassword] = useState('');
  const [disabled, setDisabled] = useState(user?.disabled ?? false);
  const save = useMutation({
    mutationFn: () =>
      api.PUT('/api/v1/users/{username}', {
        params: { path: { username }, header: ifAt(user ? null : absent) },
        body: { role, password: password || null, disabled, platformAdministrator: user?.platformAdministrator ?? false },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries(users);
      close();
    },
  });
  const common = { fault: save.error };
  const choices = [...new Set([...builtIn, ...known.map(one => one.role)])];
  return (
    <FormDialog
      title={user ? t('configure.editTitle', { name: user.username }) : t('admin.addUser')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!user}>
      {!user && <Field {...common} name="username" label={t('signIn.username')} value={username} needed change={setUsername} />}
      <Field {...common} name="role" label={t('admin.role')} value={role} choices={choices.map(one => ({ value: one, label: nameOf(one) }))} change={setRole} />
      <Field {...common} name="password" label={user ? t('admin.newPassword') : t('signIn.password')} value={password} kind="password" needed={!user} hint={t('admin.passwordHint')} change={setPassword} />
      <Field
        {...common} name="disabled" label={t('admin.mayEnter')} value={disabled ? 'no' : 'yes'}
        choices={[{ value: 'yes', label: t('configure.yes') }, { value: 'no', label: t('configure.no') }]} change={chosen => setDisabled(chosen === 'no')} />
    </FormDialog>
  );
}
