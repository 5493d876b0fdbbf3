import { Alert, Button, FileButton, List, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { useChanges } from './changes';
import { chargersOf, columns, type BadRow } from './csv';

const mostBytes = 4 * 1024 * 1024;
const mostShown = 20;

/** Collects chargers of a CSV file among the changes. */
export function ChargerTable({ known }: { known: Schemas['ChargerInput'][] }) {
  const { t } = useTranslation();
  const { collect } = useChanges();
  const [bad, setBad] = useState<BadRow[] | null>(null);
  const read = async (file: File | null) => {
    if (!file) return;
    const { default: papa } = await import('papaparse'); // needed by few, and not by the first page
    const rows = file.size > mostBytes ? [] : papa.parse<string[]>((await file.text()).replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' }).data;
    const found = chargersOf(rows, known);
    if (found.bad.length > 0 || Object.keys(found.chargers).length === 0) setBad(found.bad);
    else collect('chargers', found.chargers);
  };
  return (
    <>
      <FileButton accept=".csv,text/csv" onChange={file => void read(file)}>
        {props => <Button size="xs" variant="default" {...props}>{t('changes.table.open')}</Button>}
      </FileButton>
      <Modal opened={bad !== null} onClose={() => setBad(null)} title={t('changes.table.bad')} closeButtonProps={{ 'aria-label': t('command.cancel') }}>
        <Alert color="red" variant="outline" role="alert">
          {bad?.length === 0 && t('changes.table.empty')}
          <List size="sm">
            {bad?.slice(0, mostShown).map(one => <List.Item key={`${one.row} ${one.what} ${one.why}`}>{t('changes.table.row', { row: one.row })}: {t(`changes.table.${one.why}`, { what: one.what })}</List.Item>)}
          </List>
        </Alert>
        <p className="muted small">{t('changes.table.columns')} {columns.join(', ')}</p>
      </Modal>
    </>
  );
}
