import { Table } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { Scroll } from '../../ui/Scroll';
import { useFormat, type Format } from '../../ui/format';

type Session = Schemas['TransactionView'];

const cells: Record<string, (session: Session, format: Format, t: TFunction) => ReactNode> = {
  'session.connector': session => `${session.charger} · ${session.connector}`,
  'session.tag': session => session.idTag || '—',
  'session.vehicle': session => session.vehicle ?? '—',
  'session.duration': (session, format) => format.duration(session.startedAt, session.stoppedAt, Date.now()),
  'session.energy': (session, format) => format.kilowattHours(session.energyWh),
  'session.power': (session, format) => (session.active ? format.kilowatts(session.powerW) : '—'),
  'session.soc': (session, format) => format.percent(session.soc),
  'session.reason': (session, _, t) => (session.active ? t('session.active') : session.closedBySystem ? t('session.bySystem') : session.stopReason ?? '—'),
};

/** Words of the columns, the first of which leads to the session. */
export const sessionColumns = ['session.started', ...Object.keys(cells)];

/** Sessions in rows, the newest first. */
export function SessionTable({ sessions, shows = () => true }: { sessions: Session[]; shows?: (column: string) => boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  if (sessions.length === 0) return <p className="muted">{t('session.none')}</p>;
  const shown = Object.entries(cells).filter(([word]) => shows(word));
  return (
    <Scroll label={t('session.title')} width={140 + 80 * shown.length}>
      <Table striped verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>{['session.started', ...shown.map(([word]) => word)].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody className="numbers">
          {sessions.map(session => (
            <Table.Tr key={session.id} data-session={session.id}>
              <Table.Td><Link className="link" to="/t/$tenant/sessions/$session" params={{ tenant, session: String(session.id) }}>{format.moment(session.startedAt)}</Link></Table.Td>
              {shown.map(([word, cell]) => <Table.Td key={word}>{cell(session, format, t)}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
