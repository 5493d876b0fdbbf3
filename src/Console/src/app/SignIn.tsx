import { Alert, Button, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '../api/client';
import { me } from '../api/queries';
import { useReason } from '../ui/Failure';
import { LanguageSwitch } from './LanguageSwitch';

export function SignIn() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.POST('/api/v1/auth/token', { body: { username, password, code: code || null } }),
    onSuccess: () => queries.invalidateQueries(me),
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
          <LanguageSwitch />
        </Stack>
      </Paper>
    </main>
  );
}

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
