import { Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { commands } from '../../api/queries';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';

/** What the charger was told lately, each with its answer beside it. */
export function CommandList({ charger }: { charger: string }) {
  const { t } = useTranslation();
  const list = useQuery(commands(charger)).data;
  return (
    <section aria-labelledby="commands">
      <Title order={2} size="h5" id="commands" mb="xs">{t('charger.commands')}</Title>
      {list?.items.length === 0 && <p className="muted">{t('charger.noCommands')}</p>}
      {list && list.items.length > 0 && (
        <Scroll label={t('charger.commands')} width={560}>
          <Table verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {['when', 'action', 'outcome'].map(word => <Table.Th key={word} scope="col">{t(`command.${word}`)}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{list.items.map(command => <Row key={command.id} command={command} />)}</Table.Tbody>
          </Table>
        </Scroll>
      )}
    </section>
  );
}

function Row({ command }: { command: Schemas['CommandView'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.Tr data-command={command.id} data-status={command.status}>
      <Table.Td className="numbers">{format.moment(command.requestedAt)}<div className="muted small">{t('command.by', { user: command.requestedBy })}</div></Table.Td>
      <Table.Td>{command.action}<code className="payload">{textOf(command.payload)}</code></Table.Td>
      <Table.Td>
        <span className={`outcome outcome-${command.status}`}>{t(`command.status.${command.status}`)}</span>
        {command.late && <span className="muted"> · {t('command.late')}</span>}
        {command.latencyMs !== null && <span className="muted numbers"> · {t('command.latency', { ms: format.number(command.latencyMs) })}</span>}
        <code className="payload">{command.errorCode ? `${command.errorCode} ${command.errorDescription ?? ''}` : textOf(command.result)}</code>
      </Table.Td>
    </Table.Tr>
  );
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : JSON.stringify(value));
