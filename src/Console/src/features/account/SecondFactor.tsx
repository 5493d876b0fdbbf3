import { Button, Group, Paper, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { api, ApiError, data } from '../../api/client';
import { secondFactor } from '../../api/queries';
import { Failure } from '../../ui/Failure';
import { Field } from '../configuration/FormParts';

/** Turns the code of an authenticator app, beside the password, on and off. */
export function SecondFactor() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const found = useQuery(secondFactor);
  const changed = () => queries.invalidateQueries({ queryKey: secondFactor.queryKey });
  const begin = useMutation({ mutationFn: () => data(api.POST('/api/v1/me/second-factor')), gcTime: 0 }); // its secret is not kept
  const confirm = useMutation({
    mutationFn: (code: string) => data(api.POST('/api/v1/me/second-factor/confirm', { body: { code } })),
    gcTime: 0,
    onSuccess: async () => {
      begin.reset();
      await changed();
    },
  });
  const remove = useMutation({
    mutationFn: (code: string) => api.POST('/api/v1/me/second-factor/remove', { body: { code } }),
    onSuccess: () => {
      confirm.reset();
      return changed();
    },
  });
  if (found.isError) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="second-factor">
      <Title order={2} size="h5" id="second-factor" mb="xs">{t('account.factor')}</Title>
      <p>{found.data.enabled ? t('account.factorOn', { count: found.data.recoveryCodesLeft }) : t('account.factorOff')}</p>
      {begin.isError && <Failure fault={begin.error} />}
      {confirm.data && (
        <>
          <p role="status">{t('account.recovery')}</p>
          <pre className="codes">{confirm.data.codes.join('\n')}</pre>
        </>
      )}
      {!found.data.enabled && !begin.data && <Button size="xs" variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>{t('account.turnOn')}</Button>}
      {!found.data.enabled && begin.data && (
        <CodeForm word={t('account.confirm')} fault={confirm.error} busy={confirm.isPending} send={code => confirm.mutate(code)}>
          <p>{t('account.scan')}</p>
          <div className="qr" role="img" aria-label={t('account.qr')} dangerouslySetInnerHTML={{ __html: renderSVG(begin.data.uri) }} />
          <p className="muted small">{t('account.secret')} <code>{begin.data.secret}</code></p>
        </CodeForm>
      )}
      {found.data.enabled && <CodeForm word={t('account.turnOff')} fault={remove.error} busy={remove.isPending} send={code => remove.mutate(code)} />}
    </Paper>
  );
}

function CodeForm({ word, fault, busy, send, children }: { word: string; fault: Error | null; busy: boolean; send: (code: string) => void; children?: ReactNode }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  return (
    <form
      className="form narrow-form" noValidate
      onSubmit={submitted => {
        submitted.preventDefault();
        send(code.trim());
      }}>
      {children}
      <Field name="code" label={t('account.code')} value={code} fault={fault} needed change={setCode} />
      {fault && !(fault instanceof ApiError && 'code' in fault.errors) && <Failure fault={fault} />}
      <Group><Button size="xs" type="submit" loading={busy} disabled={code.trim() === ''}>{word}</Button></Group>
    </form>
  );
}
