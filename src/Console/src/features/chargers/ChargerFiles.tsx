import { Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { files } from '../../api/queries';
import { Download } from '../../ui/Export';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';

/** Files that a charger handed over. */
export function ChargerFiles({ charger }: { charger: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useQuery(files(charger));
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  return (
    <section aria-labelledby="files">
      <Title order={2} size="h5" id="files" mb="xs">{t('maintenance.files')}</Title>
      {list.data?.items.length === 0 && <p className="muted">{t('maintenance.noFiles')}</p>}
      {list.data && list.data.items.length > 0 && (
        <Scroll label={t('maintenance.files')} width={480}>
          <Table verticalSpacing={4}>
            <Table.Tbody>
              {list.data.items.map(file => (
                <Table.Tr key={file.id} data-file={file.name}>
                  <Table.Td>{file.name}<div className="muted small">SHA-256 {file.sha256}</div></Table.Td>
                  <Table.Td className="numbers">{format.number(file.size / 1024, 1, 'KiB')}</Table.Td>
                  <Table.Td className="numbers">{format.moment(file.createdAt)}</Table.Td>
                  <Table.Td><Download path={`/api/v1/files/${file.id}/content`} /></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </section>
  );
}
