import { Group, Paper, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Board } from '../../live/board';
import { connectorOf } from '../../live/cells';
import { useRow } from '../../live/hooks';
import { StateText } from '../../symbols/StateSymbol';
import { Fact, Facts } from '../../ui/Figure';
import { useFormat } from '../../ui/format';
import { partsOf } from '../sites/ConnectorTiles';
import { ConnectorCommands } from './Commands';

interface Props {
  board: Board;
  /** `charger/connector` */
  name: string;
  charger: string;
  online: boolean;
}

/** What a connector does now, and what it can be told. */
export function ConnectorCard({ board, name, charger, online }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const cells = useRow(board, name);
  if (!cells) return null;
  const now = connectorOf(cells);
  const connector = Number(partsOf(name)[1]);
  return (
    <Paper withBorder p="sm" component="article" aria-label={t('charger.connector', { number: connector })} data-connector={name} data-state={now.state}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          <Link className="link" to="/t/$tenant/chargers/$charger/connectors/$connector" params={{ tenant, charger, connector: String(connector) }}>{t('charger.connector', { number: connector })}</Link>
        </Title>
        {now.errorCode !== 'NoError' && <span className="fault">{now.errorCode}</span>}
      </Group>
      <StateText state={now.state} size={48} soc={now.soc} />
      <Facts>
        {now.statusAt !== null && <Fact label={t('charger.seen')}>{format.moment(now.statusAt)}</Fact>}
        {now.transaction !== null && (
          <>
            <Fact label={t('session.title')}><Link className="link" to="/t/$tenant/sessions/$session" params={{ tenant, session: String(now.transaction) }}>{t('session.one', { id: now.transaction })}</Link></Fact>
            <Fact label={t('value.power')}>{format.kilowatts(now.powerW)}</Fact>
            <Fact label={t('value.energy')}>{format.kilowattHours(now.energyWh)}</Fact>
            <Fact label={t('value.soc')}>{format.percent(now.soc)}</Fact>
          </>
        )}
        {now.share !== null && (
          <>
            <Fact label={t('value.limit')}>{format.number(now.limitA, 1, 'A')}</Fact>
            <Fact label={t('value.measured')}>{format.number(now.measuredA, 1, 'A')}</Fact>
            <Fact label={t('site.limit')}>{t(`share.${now.share}`)}</Fact>
          </>
        )}
      </Facts>
      <ConnectorCommands charger={charger} connector={connector} online={online} transaction={now.transaction} />
    </Paper>
  );
}
