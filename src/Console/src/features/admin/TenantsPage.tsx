import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { tenants } from '../../api/queries';
import { useCaller, useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { Field, FormDialog, ifAt, numberOf, textOf } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';

type Tenant = Schemas['TenantView'];

const quotas = ['chargers', 'callsPerSecond', 'historyDays'] as const;
const members = ['tenant', 'name', ...quotas.map(quota => `quotas.${quota}`)];

/** The operators that share the installation, for those who run it. */
export function TenantsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay('tenants.manage');
  const own = useCaller()?.tenant;
  return (
    <Things
      title={t('admin.tenants')} may={may} mayWrite={may} list={tenants} nameOf={(tenant: Tenant) => tenant.tenant} textOf={tenant => tenant.name} width={720}
      none={t('things.none')} add={t('admin.addTenant')}
      columns={[
        { word: 'admin.tenant', cell: tenant => <Link className="link" to="/t/$tenant/overview" params={{ tenant: tenant.tenant }}>{tenant.name} <small>{tenant.tenant}</small></Link> },
        { word: 'admin.state', cell: tenant => t(`admin.states.${tenant.state}`) },
        ...quotas.map(quota => ({ word: `admin.quotas.${quota}`, cell: (tenant: Tenant) => (tenant.quotas[quota] === null ? t('admin.unlimited') : format.number(tenant.quotas[quota])) })),
      ]}
      read={tenant => versioned(api.GET('/api/v1/tenants/{tenant}', { params: { path: { tenant: tenant.tenant } } }))}
      form={edited => <TenantForm {...edited} />}
      actions={tenant => (tenant.tenant !== own && tenant.state !== 'deleting' ? <Suspension tenant={tenant} /> : null)}
      isKept={tenant => tenant.tenant === own || tenant.state === 'deleting'}
      remove={tenant => api.DELETE('/api/v1/tenants/{tenant}', { params: { path: { tenant: tenant.tenant } } })} />
  );
}

function Suspension({ tenant }: { tenant: Tenant }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const suspended = tenant.state === 'suspended';
  const change = useMutation({
    mutationFn: async () => {
      const path = { params: { path: { tenant: tenant.tenant } } };
      await (suspended ? api.DELETE('/api/v1/tenants/{tenant}/suspension', path) : api.PUT('/api/v1/tenants/{tenant}/suspension', path));
    },
    onSuccess: () => queries.invalidateQueries(tenants),
  });
  return (
    <>
      <Button size="xs" variant="default" loading={change.isPending} onClick={() => change.mutate()}>{t(suspended ? 'admin.resume' : 'admin.suspend')}</Button>
      {change.isError && <Failure fault={change.error} />}
    </>
  );
}

function TenantForm({ thing, version, close }: Edited<Tenant>) {
  const { t } = useTranslation();
  const [tenant, setTenant] = useState(thing?.tenant ?? '');
  const [name, setName] = useState(thing?.name ?? '');
  const [limits, setLimits] = useState(() => Object.fromEntries(quotas.map(quota => [quota, textOf(thing?.quotas[quota])])) as Record<(typeof quotas)[number], string>);
  const save = useSave(
    tenants,
    () =>
      api.PUT('/api/v1/tenants/{tenant}', {
        params: { path: { tenant }, header: ifAt(version) },
        body: { name: name || null, quotas: { chargers: numberOf(limits.chargers), callsPerSecond: numberOf(limits.callsPerSecond), historyDays: numberOf(limits.historyDays) } },
      }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog
      title={thing ? t('configure.editTitle', { name: thing.name }) : t('admin.addTenant')} opened close={close} save={() => save.mutate()} saving={save.isPending}
      fault={save.error} members={members} makes={!thing}>
      {!thing && <Field {...common} name="tenant" label={t('configure.id')} value={tenant} needed hint={t('admin.roleHint')} change={setTenant} />}
      <Field {...common} name="name" label={t('configure.name')} value={name} change={setName} />
      {quotas.map(quota => (
        <Field
          key={quota} {...common} name={`quotas.${quota}`} kind="number" label={t(`admin.quotas.${quota}`)} value={limits[quota]} hint={t('admin.emptyUnlimited')}
          change={text => setLimits({ ...limits, [quota]: text })} />
      ))}
    </FormDialog>
  );
}
