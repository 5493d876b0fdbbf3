import { FileInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sendFile, type Schemas } from '../../api/client';
import { firmware } from '../../api/queries';
import { useMay } from '../../app/session';
import { useFormat } from '../../ui/format';
import { Field, FormDialog } from '../configuration/FormParts';
import { Things, useSave, type Edited } from '../configuration/Things';
import { Signing } from './Signing';

type File_ = Schemas['FileView'];

/** Firmware that chargers can be told to fetch. */
export function FirmwarePage() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Things
      title={t('nav.firmware')} may={useMay('fleet.read')} mayWrite={useMay('calls.send-any')} list={firmware} nameOf={(file: File_) => file.name} width={560}
      none={t('maintenance.noFirmware')} add={t('maintenance.addFirmware')}
      columns={[
        { word: 'configure.name', cell: file => <>{file.name}<div className="muted small">SHA-256 {file.sha256}</div></> },
        { word: 'maintenance.signed', cell: file => file.signature && <>{file.signature.subject}<div className="muted small">{file.signature.algorithm} · {t('admin.until')} {format.moment(file.signature.validUntil)}</div></> },
        { word: 'maintenance.size', cell: file => format.number(file.size / 1024, 1, 'KiB') },
        { word: 'command.when', cell: file => <>{format.moment(file.createdAt)}<div className="muted small">{t('command.by', { user: file.createdBy })}</div></> },
      ]}
      actions={file => <Signing file={file} />}
      form={edited => <FirmwareForm {...edited} />}
      remove={file => api.DELETE('/api/v1/firmware/{name}', { params: { path: { name: file.name } } })} />
  );
}

function FirmwareForm({ close }: Edited<File_>) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const save = useSave(firmware, () => sendFile<File_>('PUT', `/api/v1/firmware/${encodeURIComponent(name)}`, file!, 'application/octet-stream'), close);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen && name === '') setName(chosen.name);
  };
  return (
    <FormDialog title={t('maintenance.addFirmware')} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={['name']} disabled={!file || name === ''}>
      <FileInput size="xs" label={t('people.file')} value={file} onChange={choose} />
      <Field fault={save.error} name="name" label={t('configure.name')} value={name} needed hint={t('maintenance.nameHint')} change={setName} />
    </FormDialog>
  );
}
