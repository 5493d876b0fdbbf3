import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Link, useParams } from '@tanstack/react-router';
import { useElementSize } from '@mantine/hooks';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '../../live/board';
import { connectorOf, stateOfCells } from '../../live/cells';
import { useRow } from '../../live/hooks';
import { StateSymbol } from '../../symbols/StateSymbol';
import { Bar } from '../../ui/Bar';
import { useFormat } from '../../ui/format';

const width = 232; // px at least
const height = 146;
const gap = 8;

interface Props {
  board: Board;
  keys: readonly string[];
}

/** A tile for each connector; of very many only those that can be seen are there. */
export function ConnectorTiles({ board, keys }: Props) {
  const { ref, width: room } = useElementSize();
  const list = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(list.current?.offsetTop ?? 0)); // what stands above may have grown
  const columns = Math.max(1, Math.floor((room + gap) / (width + gap)));
  const rows = useWindowVirtualizer({ count: Math.ceil(keys.length / columns), estimateSize: () => height + gap, overscan: 3, scrollMargin: margin });
  return (
    <div ref={ref}>
      <div ref={list} className="tiles" style={{ height: rows.getTotalSize() }}>
        {room > 0 && rows.getVirtualItems().map(row => (
          <ul
            key={row.key} className="tile-row"
            style={{ transform: `translateY(${row.start - margin}px)`, height, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gap }}>
            {keys.slice(row.index * columns, (row.index + 1) * columns).map(key => <ConnectorTile key={key} board={board} name={key} />)}
          </ul>
        ))}
      </div>
    </div>
  );
}

interface TileProps {
  board: Board;
  name: string;
}

/** A connector's place, which changes with its state alone. */
function ConnectorTile({ board, name }: TileProps) {
  const cells = useRow(board, name);
  if (!cells) return null;
  const state = stateOfCells(cells);
  return <li className={state === 'Offline' ? 'tile offline' : 'tile'} data-connector={name} data-state={state}><TileLink board={board} name={name} /></li>;
}

/** Drawn once: to find out where a link leads costs more than all that changes in it each second. */
const TileLink = memo(function TileLink({ board, name }: TileProps) {
  const { tenant } = useParams({ from: '/t/$tenant' });
  return <Link to="/t/$tenant/chargers/$charger" params={{ tenant, charger: partsOf(name)[0] }}><Content board={board} name={name} /></Link>;
});

/** What a connector is doing, with its limit and what its vehicle draws where the site limits. */
function Content({ board, name }: TileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [charger, connector] = partsOf(name);
  const cells = useRow(board, name);
  if (!cells) return null;
  const now = connectorOf(cells);
  return (
    <>
      <span className="tile-name"><strong className="cut">{charger}</strong><span className="muted">{connector}</span></span>
      <span className="tile-state"><StateSymbol state={now.state} soc={now.soc} size={32} decorative /> {t(`state.${now.state}`)}</span>
      <span className="numbers">
        {now.transaction !== null && <>{format.draw(now.powerW, now.measuredA)} · {format.kilowattHours(now.energyWh)}{now.soc !== null && ` · ${format.percent(now.soc)}`}</>}
        {now.errorCode !== 'NoError' && <span className="fault">{now.errorCode}</span>}
      </span>
      {now.limitA !== null && now.transaction !== null && (
        <Bar
          most={Math.max(now.limitA, now.measuredA ?? 0, 1)} mark={now.limitA} parts={[{ value: now.measuredA ?? 0, className: 'bar-drawn' }]}
          label={`${t('value.measured')} ${format.number(now.measuredA, 1, 'A')}, ${t('value.limit')} ${format.number(now.limitA, 1, 'A')}`} />
      )}
      {now.share !== null && now.transaction !== null && <span className="muted small cut">{format.number(now.limitA, 1, 'A')} · {t(`share.${now.share}`)}</span>}
    </>
  );
}

/** Charger and number of a connector's key. A charger's name has no slash. */
export function partsOf(key: string): [charger: string, connector: string] {
  const slash = key.lastIndexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}
