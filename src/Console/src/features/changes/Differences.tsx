import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { Scroll } from '../../ui/Scroll';
import { memberWord } from './memberWord';

type Entry = Schemas['ConfigurationDifferenceEntry'];

const mostShown = 200;

/** What an act changes, thing by thing. */
export function Differences({ entries, withdraw }: { entries: Entry[]; withdraw?: ((entry: Entry) => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {entries.length > mostShown && <p className="muted">{t('changes.first', { shown: mostShown, count: entries.length })}</p>}
      <Scroll label={t('changes.title')} width={560}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('changes.thing')}</Table.Th>
              <Table.Th scope="col">{t('changes.change')}</Table.Th>
              <Table.Th scope="col">{t('changes.members')}</Table.Th>
              {withdraw && <Table.Th scope="col">{t('things.actions')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.slice(0, mostShown).map(entry => (
              <Table.Tr key={`${entry.kind}/${entry.site}/${entry.id}`} data-change={entry.id}>
                <Table.Td>{t(`changes.kinds.${entry.kind}`)} {entry.site ? t('changes.atSite', { id: entry.id, site: entry.site }) : entry.id}</Table.Td>
                <Table.Td>{t(`changes.changes.${entry.change}`)}</Table.Td>
                <Table.Td>
                  {entry.members.map(member => (
                    <div key={member.member}>
                      {member.member === 'password'
                        ? memberWord(t, member.member)
                        : t('changes.pair', { name: memberWord(t, member.member), value: `${textOf(member.from)} → ${textOf(member.to)}` })}
                    </div>
                  ))}
                </Table.Td>
                {withdraw && <Table.Td><Button size="xs" variant="default" onClick={() => withdraw(entry)}>{t('changes.withdraw')}</Button></Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </>
  );
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value);
