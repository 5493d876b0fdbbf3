import { Button, CopyButton, Group, SegmentedControl, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas } from '../../api/client';
import { frameBefore } from '../../api/queries';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { contentOf, differences, membersOf } from './message';

type Frame = Schemas['FrameView'];

const ways = ['tree', 'difference', 'raw'] as const;

/** A message looked at closer: member by member, beside the one of its kind before, or literally. */
export function FrameDetail({ charger, frame }: { charger: string; frame: Frame }) {
  const { t } = useTranslation();
  const [way, choose] = useState<(typeof ways)[number]>('tree');
  const content = contentOf(frame.text);
  return (
    <div className="frame-detail">
      <Group gap="xs" mb="xs">
        <SegmentedControl size="xs" aria-label={t('frame.way')} value={way} data={ways.map(one => ({ value: one, label: t(`frame.${one}`) }))} onChange={chosen => choose(chosen as typeof way)} />
        <CopyButton value={frame.text}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? t('overview.copied') : t('overview.copy')}</Button>}</CopyButton>
      </Group>
      {way === 'raw' && <code className="payload">{frame.text}</code>}
      {way !== 'raw' && content === undefined && <p className="muted">{t('frame.noJson')}</p>}
      {way === 'tree' && content !== undefined && <ul className="json-tree"><Node name={frame.action || frame.kind} value={content} /></ul>}
      {way === 'difference' && content !== undefined && <Beside charger={charger} frame={frame} content={content} />}
    </div>
  );
}

function Node({ name, value }: { name: string; value: unknown }) {
  const members = membersOf(value);
  if (members.length === 0) return <li><span className="muted">{name}</span> <code>{JSON.stringify(value)}</code></li>;
  return (
    <li>
      <details open>
        <summary>{name} <span className="muted small">{members.length}</span></summary>
        <ul>{members.map(([member, below]) => <Node key={member} name={member} value={below} />)}</ul>
      </details>
    </li>
  );
}

function Beside({ charger, frame, content }: { charger: string; frame: Frame; content: unknown }) {
  const { t } = useTranslation();
  const format = useFormat();
  const before = useQuery(frameBefore(charger, frame));
  if (before.isError) return <Failure fault={before.error} retry={() => void before.refetch()} />;
  if (before.data === undefined) return null;
  if (before.data === null) return <p className="muted">{t('frame.first')}</p>;
  const found = differences(contentOf(before.data.text), content);
  return (
    <>
      <p className="muted small">{t('frame.before', { at: format.moment(before.data.at) })}</p>
      {found.length === 0 && <p>{t('frame.same')}</p>}
      {found.length > 0 && (
        <Table verticalSpacing={2} withTableBorder>
          <Table.Thead><Table.Tr>{['frame.member', 'admin.before', 'admin.after'].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {found.map(one => (
              <Table.Tr key={one.path} data-path={one.path}>
                <Table.Th scope="row">{one.path}</Table.Th>
                <Table.Td><code>{one.before ?? '—'}</code></Table.Td>
                <Table.Td><code>{one.after ?? '—'}</code></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
