import { Alert, Button, Group, Paper, Stack, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, versioned, type Schemas } from '../../api/client';
import { certificateAuthority, endingCertificates } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { absent, Field, faultAt, ifAt, numberOf } from '../configuration/FormParts';
import { CertificateTable } from './CertificateTable';

type Authority = Schemas['CertificateAuthorityView'];

const soon = 30; // days

/** Who signs the certificates of the tenant's chargers, whose count too, and which end soon. */
export function AuthorityPage() {
  const { t } = useTranslation();
  const may = useMay('settings.manage');
  const found = useQuery({ ...certificateAuthority, enabled: may });
  const ending = useQuery({ ...endingCertificates(soon), enabled: may });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (found.isError) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return null;
  return (
    <Stack>
      <Title order={1} size="h3">{t('certificate.title')}</Title>
      {found.data === null && <p>{t('certificate.noAuthority')}</p>}
      <Form key={found.data?.version} value={found.data?.value ?? null} version={found.data?.version ?? absent} />
      <section aria-labelledby="ending">
        <Title order={2} size="h5" id="ending" mb="xs">{t('certificate.ending', { days: soon })}</Title>
        {ending.isError && <Failure fault={ending.error} retry={() => void ending.refetch()} />}
        {ending.data && <CertificateTable label={t('certificate.ending', { days: soon })} certificates={ending.data.items} ofMany />}
      </section>
    </Stack>
  );
}

function Form({ value, version }: { value: Authority | null; version: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [organization, setOrganization] = useState(value?.organization ?? '');
  const [trusted, setTrusted] = useState(value?.trusted ?? '');
  const [signs, setSigns] = useState(value?.signs ?? true);
  const [days, setDays] = useState(String(value?.validityDays ?? 365));
  const save = useMutation({
    mutationFn: (renew: boolean) =>
      versioned(api.PUT('/api/v1/certificate-authority', { params: { header: ifAt(version) }, body: { organization, trusted, signs, validityDays: numberOf(days), renew } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: certificateAuthority.queryKey }),
  });
  const common = { fault: save.error };
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="authority">
      <Title order={2} size="h5" id="authority" mb="xs">{t('certificate.authority')}</Title>
      {value && (
        <>
          <p className="small">{t('certificate.until', { moment: format.moment(value.notAfter) })}</p>
          <p className="small wrap">{t('certificate.fingerprint')} <code>{value.fingerprint}</code></p>
          <Button size="xs" variant="default" mb="xs" component="a" href={`data:application/x-pem-file,${encodeURIComponent(value.certificate)}`} download="authority.pem">{t('certificate.save')}</Button>
        </>
      )}
      <form
        className="form narrow-form" noValidate
        onSubmit={submitted => {
          submitted.preventDefault();
          save.mutate(false);
        }}>
        <Field {...common} name="organization" label={t('certificate.organization')} value={organization} needed hint={t('certificate.organizationHint')} change={setOrganization} />
        <Field
          {...common} name="signs" label={t('certificate.signs')} value={signs ? 'yes' : 'no'}
          choices={['yes', 'no'].map(one => ({ value: one, label: t(`configure.${one}`) }))} change={chosen => setSigns(chosen === 'yes')} />
        <Field {...common} name="validityDays" label={t('certificate.days')} value={days} kind="number" change={setDays} />
        <Textarea
          size="xs" name="trusted" label={t('certificate.trusted')} description={t('certificate.trustedHint')} error={faultAt(save.error, 'trusted')} value={trusted} rows={4} maxLength={20_000}
          className="code" onChange={changed => setTrusted(changed.currentTarget.value)} />
        {save.isError && <Failure fault={save.error} />}
        <Group>
          <Button size="xs" type="submit" loading={save.isPending} disabled={organization === ''}>{t('configure.save')}</Button>
          {value && <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate(true)}>{t('certificate.renew')}</Button>}
        </Group>
        {save.isSuccess && <Alert color="green" variant="outline" role="status">{t('settings.saved')}</Alert>}
      </form>
    </Paper>
  );
}
