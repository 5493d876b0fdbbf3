import { Table } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';

/** Sessions in rows, the newest first. */
export function SessionTable({ sessions }: { sessions: Schemas['TransactionView'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  if (sessions.length === 0) return <p className="muted">{t('session.none')}</p>;
  return (
    <Scroll label={t('session.title')} width={760}>
      <Table striped verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {['started', 'connector', 'tag', 'vehicle', 'duration', 'energy', 'power', 'soc', 'reason'].map(word => (
              <Table.Th key={word} scope="col">{t(`session.${word}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="numbers">
          {sessions.map(session => (
            <Table.Tr key={session.id} data-session={session.id}>
              <Table.Td><Link className="link" to="/t/$tenant/sessions/$session" params={{ tenant, session: String(session.id) }}>{format.moment(session.startedAt)}</Link></Table.Td>
              <Table.Td>{session.charger} · {session.connector}</Table.Td>
              <Table.Td>{session.idTag || '—'}</Table.Td>
              <Table.Td>{session.vehicle ?? '—'}</Table.Td>
              <Table.Td>{format.duration(session.startedAt, session.stoppedAt, Date.now())}</Table.Td>
              <Table.Td>{format.kilowattHours(session.energyWh)}</Table.Td>
              <Table.Td>{session.active ? format.kilowatts(session.powerW) : '—'}</Table.Td>
              <Table.Td>{format.percent(session.soc)}</Table.Td>
              <Table.Td>{endOf(session, t('session.active'), t('session.bySystem'))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

const endOf = (session: Schemas['TransactionView'], active: string, bySystem: string): string =>
  session.active ? active : session.closedBySystem ? bySystem : session.stopReason ?? '—';
