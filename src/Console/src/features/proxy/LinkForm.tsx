import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { proxyLinks } from '../../api/queries';
import { absent, Field, FormDialog, ifAt } from '../configuration/FormParts';

type Link = Schemas['ProxyLinkView'];

const roles = ['observer', 'authority', 'readOnly'];
const fallbacks = ['tags', 'accept', 'reject'];
const members = ['link', 'url', 'identity', 'role', 'stopOnDeny', 'authorizes', 'fallback', 'password'];

/** Where a charger is relayed to, as it is typed. A password that is left empty stays. */
export function LinkForm({ charger, link, close }: { charger: string; link: Link | null; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(link?.link ?? '');
  const [url, setUrl] = useState(link?.url ?? 'wss://');
  const [identity, setIdentity] = useState(link?.identity ?? charger);
  const [role, setRole] = useState(link?.role ?? roles[0]!);
  const [stopOnDeny, setStopOnDeny] = useState(link?.stopOnDeny ?? true);
  const [authorizes, setAuthorizes] = useState(link?.authorizes ?? false);
  const [fallback, setFallback] = useState(link?.fallback ?? fallbacks[0]!);
  const [password, setPassword] = useState('');
  const path = { charger, link: name };
  const standing = useQuery({
    queryKey: ['proxy-link', charger, link?.link], enabled: link !== null, gcTime: 0,
    queryFn: () => versioned(api.GET('/api/v1/chargers/{charger}/proxy-links/{link}', { params: { path } })),
  });
  const save = useMutation({
    mutationFn: () => api.PUT('/api/v1/chargers/{charger}/proxy-links/{link}', {
      params: { path, header: ifAt(link === null ? absent : standing.data?.version ?? null) },
      body: { url, identity, role, stopOnDeny, authorizes: authorizes && role === 'authority', fallback, ...(password === '' ? {} : { password }) },
    }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: proxyLinks(charger).queryKey });
      close();
    },
  });
  const common = { fault: save.error };
  const choices = ['yes', 'no'].map(value => ({ value, label: t(`configure.${value}`) }));
  return (
    <FormDialog
      title={t(link ? 'proxy.edit' : 'proxy.add')} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error}
      members={members} makes={link === null} disabled={name === '' || (link !== null && !standing.data)}>
      {link === null && <Field {...common} name="link" label={t('proxy.name')} value={name} needed most={40} change={setName} />}
      <Field {...common} name="url" label={t('proxy.url')} hint={t('proxy.urlHint')} value={url} needed most={500} change={setUrl} />
      <Field {...common} name="identity" label={t('proxy.identity')} value={identity} most={48} change={setIdentity} />
      <Field
        {...common} name="password" label={t('proxy.password')} hint={link?.hasPassword ? t('proxy.passwordStays') : t('proxy.passwordHint')} kind="password"
        value={password} most={200} change={setPassword} />
      <Field
        {...common} name="role" label={t('proxy.role')} hint={t(`proxy.roleHints.${role}`)} value={role}
        choices={roles.map(value => ({ value, label: t(`proxy.roles.${value}`) }))} change={setRole} />
      {role === 'authority' && (
        <>
          <Field
            {...common} name="authorizes" label={t('proxy.authorizes')} value={authorizes ? 'yes' : 'no'} choices={choices}
            change={chosen => setAuthorizes(chosen === 'yes')} />
          {authorizes && (
            <Field
              {...common} name="fallback" label={t('proxy.fallback')} value={fallback}
              choices={fallbacks.map(value => ({ value, label: t(`proxy.fallbacks.${value}`) }))} change={setFallback} />
          )}
          <Field
            {...common} name="stopOnDeny" label={t('proxy.stopOnDeny')} value={stopOnDeny ? 'yes' : 'no'} choices={choices}
            change={chosen => setStopOnDeny(chosen === 'yes')} />
        </>
      )}
    </FormDialog>
  );
}
