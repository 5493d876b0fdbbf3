import { Alert, Button, Divider, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '../api/client';
import { signInProviders } from '../api/people';
import { me } from '../api/queries';
import { useReason } from '../ui/Failure';
import { LanguageSwitch } from './LanguageSwitch';
import { forgetSignInFailure, signInFailure } from './signInFailure';

export function SignIn() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.POST('/api/v1/auth/token', { body: { username, password, code: code || null } }),
    onSuccess: () => {
      forgetSignInFailure();
      return queries.invalidateQueries(me);
    },
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    signIn.mutate();
  };
  const needsCode = isAbout(signIn.error, 'second-factor') || code !== '';
  return (
    <main className="sign-in">
      <Paper withBorder p="lg" component="form" onSubmit={submit}>
        <Stack>
          <Title order={1} size="h3">EvCharge</Title>
          <TextInput
            label={t('signIn.username')} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={121}
            value={username} onChange={changed => setUsername(changed.currentTarget.value)} />
          <PasswordInput
            label={t('signIn.password')} name="password" autoComplete="current-password" required maxLength={256}
            value={password} onChange={changed => setPassword(changed.currentTarget.value)} />
          {needsCode && (
            <TextInput
              label={t('signIn.code')} name="code" autoComplete="one-time-code" inputMode="text" maxLength={32} autoFocus
              value={code} onChange={changed => setCode(changed.currentTarget.value)} />
          )}
          {signIn.error && <SignInFault fault={signIn.error} />}
          <Button type="submit" loading={signIn.isPending}>{t('signIn.submit')}</Button>
          <Companies tenant={tenantOf(username)} />
          <LanguageSwitch />
        </Stack>
      </Paper>
    </main>
  );
}

/** Of whom the name says that they are, else of the page that was asked for. */
const tenantOf = (username: string): string => (username.includes('/') ? username.slice(0, username.indexOf('/')) : (/^\/t\/([^/]+)/.exec(location.pathname)?.[1] ?? 'default'));

/** Where one wanted to go, if it is the tenant's. */
function pageOf(tenant: string): string {
  const own = `/t/${tenant}`;
  return location.pathname === own || location.pathname.startsWith(`${own}/`) ? location.pathname + location.search : own;
}

/** Other ways in: the providers of the tenant, and what became of the last attempt by one. */
function Companies({ tenant }: { tenant: string }) {
  const { t } = useTranslation();
  const providers = useQuery(signInProviders(tenant)).data ?? [];
  const failure = signInFailure();
  const to = encodeURIComponent(pageOf(tenant));
  return (
    <>
      {failure && failures.has(failure) && <Alert color="red" variant="outline" role="alert">{t(`signIn.failed.${failure}`)}</Alert>}
      {providers.length > 0 && <Divider />}
      {providers.map(one => (
        <Button key={one.provider} component="a" variant="default" href={`/api/v1/auth/openid/${encodeURIComponent(tenant)}/${encodeURIComponent(one.provider)}?to=${to}`}>
          {t('signIn.by', { name: one.name })}
        </Button>
      ))}
    </>
  );
}

const failures = new Set(['unreachable', 'refused', 'stale', 'invalid', 'unknown', 'no-role', 'name', 'name-taken', 'disabled', 'suspended']);

const isAbout = (fault: unknown, code: string): boolean => fault instanceof ApiError && fault.code.startsWith(code);

function SignInFault({ fault }: { fault: unknown }) {
  const { t } = useTranslation();
  const reason = useReason(fault);
  const text = isAbout(fault, 'second-factor') ? t('signIn.secondFactor')
    : isAbout(fault, 'credentials') ? t('signIn.credentials')
      : isAbout(fault, 'tenant-suspended') ? t('signIn.suspended')
        : fault instanceof ApiError && fault.status === 429 ? t('signIn.throttled') : reason;
  return <Alert color="red" variant="outline" role="alert">{text}</Alert>;
}
