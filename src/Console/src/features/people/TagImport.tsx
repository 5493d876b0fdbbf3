import { Alert, Button, FileInput, Group, Modal, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendFile, type Schemas } from '../../api/client';
import { tags } from '../../api/queries';
import { useReason } from '../../ui/Failure';

type Import = Schemas['TagImport'];

const mostShown = 50; // changes that are listed before they are made

/** Takes tags from a file, after showing what that would change. */
export function TagImport() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>{t('people.import')}</Button>
      {opened && <ImportDialog close={close} />}
    </>
  );
}

function ImportDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const send = (dryRun: boolean) => sendFile<Import>('POST', `/api/v1/tags/import?dryRun=${dryRun}`, file!, file!.name.endsWith('.ndjson') ? 'application/x-ndjson' : 'text/csv');
  const tried = useMutation({ mutationFn: () => send(true) });
  const made = useMutation({
    mutationFn: () => send(false),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: tags.queryKey });
      close();
    },
  });
  const fault = made.error ?? tried.error;
  const reason = useReason(fault);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    tried.reset();
    made.reset();
  };
  const found = tried.data;
  return (
    <Modal opened onClose={close} title={t('people.import')} size="lg" closeButtonProps={{ 'aria-label': t('command.cancel') }}>
      <div className="form">
        <FileInput label={t('people.fileOfTags')} accept=".csv,.ndjson" value={file} onChange={choose} />
        {fault && <Alert color="red" variant="outline" role="alert">{reason}</Alert>}
        {found && (
          <>
            <p role="status">{t('people.difference', { created: found.created, replaced: found.replaced, unchanged: found.unchanged })}</p>
            <Table verticalSpacing={2}>
              <Table.Tbody>
                {found.changes.slice(0, mostShown).map(change => (
                  <Table.Tr key={change.idTag} data-change={change.idTag}>
                    <Table.Td>{change.idTag}</Table.Td>
                    <Table.Td>{change.before ? differences(change.before, change.after) : t('people.new')}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </>
        )}
        <Group justify="end">
          <Button variant="default" onClick={close}>{t('command.cancel')}</Button>
          <Button variant="default" disabled={!file} loading={tried.isPending} onClick={() => tried.mutate()}>{t('people.look')}</Button>
          <Button disabled={!found} loading={made.isPending} onClick={() => made.mutate()}>{t('people.take')}</Button>
        </Group>
      </div>
    </Modal>
  );
}

/** `status: Accepted → Blocked` of each member that another value takes the place of. */
export function differences<T extends object>(before: T, after: T): string {
  return (Object.keys(after) as (keyof T & string)[])
    .filter(member => JSON.stringify(before[member]) !== JSON.stringify(after[member]))
    .map(member => `${member}: ${textOf(before[member])} → ${textOf(after[member])}`)
    .join(', ');
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '—' : Array.isArray(value) ? value.join(' ') : String(value));
