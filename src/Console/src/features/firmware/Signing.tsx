import { Button, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { firmware } from '../../api/queries';
import { faultAt, FormDialog } from '../configuration/FormParts';
import { useSave } from '../configuration/Things';

/** Puts the manufacturer's signature beside a firmware, or takes it away. */
export function Signing({ file }: { file: Schemas['FileView'] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const path = { params: { path: { name: file.name } } };
  const unsign = useMutation({
    mutationFn: () => api.DELETE('/api/v1/firmware/{name}/signature', path),
    onSettled: () => queries.invalidateQueries(firmware),
  });
  return (
    <>
      {file.signature
        ? <Button size="xs" variant="default" loading={unsign.isPending} onClick={() => unsign.mutate()}>{t('maintenance.unsign')}</Button>
        : <Button size="xs" variant="default" onClick={open}>{t('maintenance.sign')}</Button>}
      {opened && <SignForm name={file.name} close={close} />}
    </>
  );
}

function SignForm({ name, close }: { name: string; close: () => void }) {
  const { t } = useTranslation();
  const [certificate, setCertificate] = useState('');
  const [signature, setSignature] = useState('');
  const save = useSave(
    firmware,
    () => api.PUT('/api/v1/firmware/{name}/signature', { params: { path: { name } }, body: { certificate, signature: signature.replace(/\s/g, '') } }),
    close,
  );
  return (
    <FormDialog
      title={t('maintenance.signTitle', { name })} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={['certificate', 'signature']}
      disabled={certificate === '' || signature === ''}>
      <Textarea
        size="xs" name="certificate" label={t('maintenance.certificate')} description={t('maintenance.certificateHint')} error={faultAt(save.error, 'certificate')} value={certificate}
        rows={6} maxLength={5_500} className="code" onChange={changed => setCertificate(changed.currentTarget.value)} />
      <Textarea
        size="xs" name="signature" label={t('maintenance.signature')} description={t('maintenance.signatureHint')} error={faultAt(save.error, 'signature')} value={signature}
        rows={4} maxLength={1_000} className="code" onChange={changed => setSignature(changed.currentTarget.value)} />
    </FormDialog>
  );
}
