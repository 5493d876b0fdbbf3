import { Alert, Button, Code, CopyButton, Group, Loader, Paper, Stack, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '../../api/client';
import { charger as chargerQuery } from '../../api/queries';
import { useMay, useSeesAll } from '../../app/session';
import { Failure, useReason } from '../../ui/Failure';
import { zoneHere } from '../../ui/zones';
import { absent, Field, ifAt, numberOf } from '../configuration/FormParts';
import { idOf } from '../configuration/pattern';

/** The first site and its first charger, up to the charger's own word that it is there. How far one has come is in the address. */
export function WelcomePage() {
  const { t } = useTranslation();
  const [may, seesAll] = [useMay('fleet.write'), useSeesAll()];
  const { site, charger } = useSearch({ from: '/t/$tenant/welcome' });
  if (!may || !seesAll) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  return (
    <Stack className="narrow-form">
      <Title order={1} size="h3">{t('welcome.title')}</Title>
      <ol className="steps-done">
        {(['site', 'charger', 'connect'] as const).map((step, at) => <li key={step} aria-current={at === (charger ? 2 : site ? 1 : 0) ? 'step' : undefined}>{t(`welcome.${step}`)}</li>)}
      </ol>
      {charger && site ? <Waiting site={site} charger={charger} /> : site ? <ChargerStep site={site} /> : <SiteStep />}
    </Stack>
  );
}

function SiteStep() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/t/$tenant/welcome' });
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [limit, setLimit] = useState('');
  const site = idOf(name);
  const save = useMutation({
    mutationFn: () =>
      api.PUT('/api/v1/sites/{site}', {
        params: { path: { site }, header: ifAt(absent) },
        body: { name, timeZone: zoneHere(), energyUnit: 'A', limit: numberOf(limit), smartCharging: { enabled: limit.trim() !== '' } },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['sites'] });
      await navigate({ search: { site } });
    },
  });
  return (
    <Step save={() => save.mutate()} saving={save.isPending} disabled={site === ''} fault={save.error} shown={['name', 'limit']}>
      <Field fault={save.error} name="name" label={t('welcome.siteName')} value={name} needed change={setName} />
      <Field fault={save.error} name="limit" kind="number" label={t('welcome.limit')} value={limit} hint={t('welcome.limitHint')} change={setLimit} />
    </Step>
  );
}

function ChargerStep({ site }: { site: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/t/$tenant/welcome' });
  const queries = useQueryClient();
  const [charger, setCharger] = useState('');
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () => api.PUT('/api/v1/chargers/{charger}', { params: { path: { charger }, header: ifAt(absent) }, body: { site, password: password || null } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['chargers'] });
      await navigate({ search: { site, charger } });
    },
  });
  return (
    <Step save={() => save.mutate()} saving={save.isPending} disabled={charger === ''} fault={save.error} shown={['charger', 'password']}>
      <Field fault={save.error} name="charger" label={t('welcome.chargerId')} value={charger} needed hint={t('welcome.chargerHint')} change={setCharger} />
      <Field fault={save.error} name="password" kind="password" label={t('configure.password')} value={password} hint={t('configure.passwordHint')} change={setPassword} />
    </Step>
  );
}

interface StepProps {
  save: () => void;
  saving: boolean;
  disabled: boolean;
  fault: unknown;
  /** Members whose faults stand beside their fields. */
  shown: string[];
  children: ReactNode;
}

function Step({ save, saving, disabled, fault, shown, children }: StepProps) {
  const { t } = useTranslation();
  const reason = useReason(fault);
  const isBeside = fault instanceof ApiError && Object.keys(fault.errors).length > 0 && Object.keys(fault.errors).every(member => shown.includes(member));
  const taken = fault instanceof ApiError && fault.status === 412;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!disabled) save();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      {children}
      {fault != null && !isBeside && <Alert color="red" variant="outline" role="alert">{taken ? t('configure.taken') : reason}</Alert>}
      <Group><Button type="submit" loading={saving} disabled={disabled}>{t('welcome.next')}</Button></Group>
    </form>
  );
}

/** The address that the charger is to be told, until it has connected and said what it is. */
function Waiting({ site, charger }: { site: string; charger: string }) {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const found = useQuery({ ...chargerQuery(charger), refetchInterval: 2_000 });
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ocpp/${tenant === 'default' ? '' : `${tenant}/`}${charger}`;
  if (found.isError) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  const one = found.data?.value;
  const isThere = one?.online === true && one.bootedAt !== null;
  return (
    <Paper withBorder p="md" role="status" data-there={isThere}>
      {isThere ? (
        <>
          <p><strong>{t('welcome.there', { charger })}</strong> {[one.vendor, one.model, one.firmware].filter(Boolean).join(' · ')}</p>
          <Group>
            <Link className="link" to="/t/$tenant/sites/$site" params={{ tenant, site }}>{t('welcome.toSite')}</Link>
            <Link className="link" to="/t/$tenant/welcome" params={{ tenant }} search={{ site }}>{t('welcome.another')}</Link>
          </Group>
        </>
      ) : (
        <>
          <p>{t('welcome.tell')}</p>
          <Code block>{address}</Code>
          <Group mt="xs">
            <CopyButton value={address}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? t('overview.copied') : t('overview.copy')}</Button>}</CopyButton>
            <Loader size="xs" /> <span>{one?.online ? t('welcome.connected') : t('welcome.waiting')}</span>
          </Group>
        </>
      )}
    </Paper>
  );
}
