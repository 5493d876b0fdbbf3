import { Button, CloseButton, Code, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { identityProviders, roles } from '../../api/people';
import { useMay } from '../../app/session';
import { faultAt, Field, FormDialog, ifAt } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { useRoleName } from './names';

type Provider = Schemas['IdentityProviderView'];
type Claimed = { value: string; role: string };

const members = ['name', 'issuer', 'clientId', 'clientSecret', 'usernameClaim', 'roleClaim', 'roles', 'defaultRole', 'disabled'];

/** Companies whose people sign in by their own OpenID Connect provider. */
export function IdentityProvidersPage() {
  const { t } = useTranslation();
  const may = useMay('users.manage');
  return (
    <Things
      title={t('nav.identityProviders')} may={may} mayWrite={may} list={identityProviders} nameOf={(one: Provider) => one.provider} width={560}
      none={t('admin.noProviders')} add={t('admin.addProvider')}
      columns={[
        { word: 'admin.providerName', cell: one => one.name },
        { word: 'admin.issuer', cell: one => <span className="small">{one.issuer}</span> },
        { word: 'admin.inUse', cell: one => (one.disabled ? t('configure.no') : t('configure.yes')) },
      ]}
      read={one => versioned(api.GET('/api/v1/identity-providers/{identityProvider}', { params: { path: { identityProvider: one.provider } } }))}
      form={edited => <ProviderForm {...edited} />}
      remove={one => api.DELETE('/api/v1/identity-providers/{identityProvider}', { params: { path: { identityProvider: one.provider } } })} />
  );
}

function ProviderForm({ thing: one, version, close }: Edited<Provider>) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const known = useQuery(roles).data ?? [];
  const [provider, setProvider] = useState(one?.provider ?? '');
  const [name, setName] = useState(one?.name ?? '');
  const [issuer, setIssuer] = useState(one?.issuer ?? '');
  const [clientId, setClientId] = useState(one?.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [usernameClaim, setUsernameClaim] = useState(one?.usernameClaim ?? '');
  const [roleClaim, setRoleClaim] = useState(one?.roleClaim ?? '');
  const [claimed, setClaimed] = useState<Claimed[]>(one?.roles.map(each => ({ value: each.value ?? '', role: each.role ?? '' })) ?? []);
  const [defaultRole, setDefaultRole] = useState(one?.defaultRole ?? '');
  const [disabled, setDisabled] = useState(one?.disabled ?? false);
  const save = useSave(
    identityProviders,
    () =>
      api.PUT('/api/v1/identity-providers/{identityProvider}', {
        params: { path: { identityProvider: provider }, header: ifAt(version) },
        body: {
          name: name || null, issuer, clientId, clientSecret: clientSecret || null, scopes: one?.scopes ?? null, usernameClaim: usernameClaim || null,
          roleClaim: roleClaim || null, roles: roleClaim ? claimed : null, defaultRole: defaultRole || null, disabled,
        },
      }),
    close,
  );
  const common = { fault: save.error };
  const choices = known.map(each => ({ value: each.role, label: nameOf(each.role) }));
  return (
    <FormDialog
      title={one ? t('configure.editTitle', { name: one.provider }) : t('admin.addProvider')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!one}>
      {!one && <Field {...common} name="provider" label={t('admin.providerId')} value={provider} needed most={40} hint={t('admin.roleHint')} change={setProvider} />}
      <Field {...common} name="name" label={t('admin.providerName')} value={name} most={60} hint={t('admin.providerNameHint')} change={setName} />
      {!one && <Field {...common} name="issuer" label={t('admin.issuer')} value={issuer} needed most={500} hint={t('admin.issuerHint')} change={setIssuer} />}
      <Redirect address={one?.redirectUri} provider={provider} />
      <Field {...common} name="clientId" label={t('admin.clientId')} value={clientId} needed most={200} change={setClientId} />
      <Field
        {...common} name="clientSecret" kind="password" label={t('admin.clientSecret')} value={clientSecret} most={500}
        hint={one?.hasSecret ? t('admin.secretStays') : undefined} change={setClientSecret} />
      <Field {...common} name="usernameClaim" label={t('admin.usernameClaim')} value={usernameClaim} most={100} hint="preferred_username" change={setUsernameClaim} />
      <Field {...common} name="roleClaim" label={t('admin.roleClaim')} value={roleClaim} most={100} hint={t('admin.roleClaimHint')} change={setRoleClaim} />
      {roleClaim !== '' && <ClaimedRoles claimed={claimed} choices={choices} fault={save.error} change={setClaimed} />}
      <Field
        {...common} name="defaultRole" label={t('admin.defaultRole')} value={defaultRole} hint={t('admin.defaultRoleHint')}
        choices={[{ value: '', label: t('admin.noRole') }, ...choices]} change={setDefaultRole} />
      <Field
        {...common} name="disabled" label={t('admin.inUse')} value={disabled ? 'no' : 'yes'}
        choices={[{ value: 'yes', label: t('configure.yes') }, { value: 'no', label: t('configure.no') }]} change={chosen => setDisabled(chosen === 'no')} />
    </FormDialog>
  );
}

/** The address that has to be registered at the provider, before there is anything to save. */
function Redirect({ address, provider }: { address: string | undefined; provider: string }) {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  if (!address && provider === '') return null;
  return <p className="small">{t('admin.redirect')} <Code>{address ?? `${location.origin}/api/v1/auth/openid/${tenant}/${provider}/callback`}</Code></p>;
}

interface ClaimedProps {
  claimed: Claimed[];
  choices: { value: string; label: string }[];
  fault: unknown;
  change: (claimed: Claimed[]) => void;
}

/** Which value of the claim gives which role, the first that fits. */
function ClaimedRoles({ claimed, choices, fault, change }: ClaimedProps) {
  const { t } = useTranslation();
  const put = (at: number, next: Partial<Claimed>) => change(claimed.map((each, place) => (place === at ? { ...each, ...next } : each)));
  return (
    <fieldset className="claims">
      <legend className="small">{t('admin.claimedRoles')}</legend>
      {claimed.map((each, at) => (
        <Group key={at} gap="xs" wrap="nowrap" align="end">
          <TextInput size="xs" label={t('admin.claimValue')} name={`value-${at}`} value={each.value} maxLength={200} onChange={changed => put(at, { value: changed.currentTarget.value })} />
          <NativeSelect size="xs" label={t('admin.role')} name={`role-${at}`} value={each.role} data={choices} onChange={changed => put(at, { role: changed.currentTarget.value })} />
          <CloseButton size="md" aria-label={t('configure.delete')} onClick={() => change(claimed.filter((_, place) => place !== at))} />
        </Group>
      ))}
      {faultAt(fault, 'roles') && <p role="alert" className="small">{faultAt(fault, 'roles')}</p>}
      <Button size="xs" variant="default" mt="xs" onClick={() => change([...claimed, { value: '', role: 'guest' }])}>{t('admin.addClaimed')}</Button>
    </fieldset>
  );
}
