import { Button, Table } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '../../live/board';
import { connectorOf } from '../../live/cells';
import { useRow } from '../../live/hooks';
import { StateText } from '../../symbols/StateSymbol';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { partsOf } from './ConnectorTiles';

const step = 200; // rows that are drawn at once

/** The same as the tiles in rows, for who compares, and for who cannot see a picture. */
export function ConnectorTable({ board, keys }: { board: Board; keys: readonly string[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(step);
  return (
    <>
      <Scroll label={t('overview.connectors')} width={720}>
        <Table striped verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {['session.connector', 'site.state', 'value.power', 'value.energy', 'value.soc', 'value.limit', 'value.measured', 'value.error'].map(word => (
                <Table.Th key={word} scope="col">{t(word)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="numbers">{keys.slice(0, shown).map(key => <Row key={key} board={board} name={key} />)}</Table.Tbody>
        </Table>
      </Scroll>
      {shown < keys.length && <Button variant="default" onClick={() => setShown(shown + step)}>{t('nav.more')}</Button>}
    </>
  );
}

function Row({ board, name }: { board: Board; name: string }) {
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const cells = useRow(board, name);
  if (!cells) return null;
  const now = connectorOf(cells);
  const [charger, connector] = partsOf(name);
  return (
    <Table.Tr data-connector={name} data-state={now.state}>
      <Table.Td><Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger }}>{charger} · {connector}</Link></Table.Td>
      <Table.Td><StateText state={now.state} size={16} soc={now.soc} /></Table.Td>
      <Table.Td>{format.kilowatts(now.powerW)}</Table.Td>
      <Table.Td>{format.kilowattHours(now.energyWh)}</Table.Td>
      <Table.Td>{format.percent(now.soc)}</Table.Td>
      <Table.Td>{format.number(now.limitA, 1, 'A')}</Table.Td>
      <Table.Td>{format.number(now.measuredA, 1, 'A')}</Table.Td>
      <Table.Td className={now.errorCode === 'NoError' ? '' : 'fault'}>{now.errorCode === 'NoError' ? '' : now.errorCode}</Table.Td>
    </Table.Tr>
  );
}
