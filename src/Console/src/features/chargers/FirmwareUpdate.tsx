import { Button, Group, Paper, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { commands, firmware } from '../../api/queries';
import { useFormat } from '../../ui/format';
import { Field, FormDialog, numberOf } from '../configuration/FormParts';
import { useSave } from '../configuration/Things';

const members = ['name', 'retrieveAt', 'retries', 'retryInterval', 'installAt', 'signed', 'typed'];

/** Has a charger fetch a firmware and install it, after its name was typed. */
export function FirmwareUpdate({ charger }: { charger: string }) {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const [opened, { open, close }] = useDisclosure(false);
  const known = useQuery(firmware).data;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="firmware">
      <Title order={2} size="h5" id="firmware" mb="xs">{t('charger.firmware')}</Title>
      {known?.length === 0 && <p className="muted">{t('maintenance.noFirmware')}</p>}
      <Group>
        <Button size="xs" variant="default" disabled={!known || known.length === 0} onClick={open}>{t('maintenance.update')}</Button>
        <Link className="link" to="/t/$tenant/firmware" params={{ tenant }}>{t('nav.firmware')}</Link>
      </Group>
      {opened && known && <UpdateForm charger={charger} files={known} close={close} />}
    </Paper>
  );
}

function UpdateForm({ charger, files, close }: { charger: string; files: Schemas['FileView'][]; close: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [name, setName] = useState(files[0]?.name ?? '');
  const [retrieveAt, setRetrieveAt] = useState<string | undefined>();
  const [retries, setRetries] = useState('');
  const [installAt, setInstallAt] = useState<string | undefined>();
  const [signed, setSigned] = useState(true);
  const isSigned = files.some(file => file.name === name && file.signature !== null);
  const [typed, setTyped] = useState('');
  const save = useSave(
    commands(charger),
    () =>
      api.POST('/api/v1/chargers/{charger}/firmware', {
        params: { path: { charger } },
        body: { name, retrieveAt: retrieveAt ?? null, retries: numberOf(retries), signed: isSigned && signed, installAt: (isSigned && signed && installAt) || null },
      }),
    close,
  );
  return (
    <FormDialog
      title={t('maintenance.updateTitle', { charger })} opened close={close} save={() => typed === charger && save.mutate()} saving={save.isPending} fault={save.error} members={members}
      word={t('maintenance.update')} disabled={typed !== charger}>
      <Field fault={save.error} name="name" label={t('charger.firmware')} value={name} choices={files.map(file => ({ value: file.name, label: file.name }))} change={setName} />
      <Field fault={save.error} name="retrieveAt" kind="moment" label={t('maintenance.from')} value={format.field(retrieveAt)} hint={t('maintenance.fromHint')} change={local => setRetrieveAt(format.fromField(local))} />
      {isSigned && (
        <Field
          fault={save.error} name="signed" label={t('maintenance.withSignature')} value={signed ? 'yes' : 'no'} hint={t('maintenance.withSignatureHint')}
          choices={['yes', 'no'].map(one => ({ value: one, label: t(`configure.${one}`) }))} change={chosen => setSigned(chosen === 'yes')} />
      )}
      {isSigned && signed && (
        <Field
          fault={save.error} name="installAt" kind="moment" label={t('maintenance.installFrom')} value={format.field(installAt)} hint={t('maintenance.fromHint')}
          change={local => setInstallAt(format.fromField(local))} />
      )}
      <Field fault={save.error} name="retries" kind="number" label={t('maintenance.retries')} value={retries} change={setRetries} />
      <Field fault={null} name="typed" label={t('configure.typeName', { name: charger })} value={typed} change={setTyped} />
    </FormDialog>
  );
}
