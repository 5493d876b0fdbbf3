import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '../../live/board';
import { connectorOf } from '../../live/cells';
import { states, type State } from '../../symbols/state';
import { StateText } from '../../symbols/StateSymbol';
import { partsOf } from './ConnectorTiles';

const cell = 12; // px, with the gap

interface Props {
  board: Board;
  keys: readonly string[];
}

/** A cell for each connector by the colour of its state, with a mark where somebody has to look. The table says the same in words. */
export function HeatMap({ board, keys }: Props) {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const navigate = useNavigate();
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  const columns = Math.max(1, Math.floor(width / cell));
  const height = Math.ceil(keys.length / columns) * cell;

  useEffect(() => {
    const drawing = canvas.current?.getContext('2d');
    if (!drawing || width === 0) return undefined;
    const scale = window.devicePixelRatio;
    canvas.current!.width = Math.floor(width * scale);
    canvas.current!.height = Math.floor(height * scale);
    drawing.scale(scale, scale);
    const style = getComputedStyle(document.documentElement);
    const colours = Object.fromEntries(states.map(state => [state, style.getPropertyValue(`--state-${state}`)])) as Record<State, string>;
    const drawn = new Map<string, State>();
    const draw = () => {
      keys.forEach((key, at) => {
        const cells = board.row(key);
        const state = cells ? connectorOf(cells).state : 'Unknown';
        if (drawn.get(key) === state) return;
        drawn.set(key, state);
        const [x, y] = [(at % columns) * cell, Math.floor(at / columns) * cell];
        drawing.clearRect(x, y, cell, cell);
        drawCell(drawing, x, y, state, colours[state]);
      });
    };
    let due = 0;
    draw();
    const leave = board.onAny(() => {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(due);
      leave();
    };
  }, [board, keys, width, height, columns, scheme]);

  const open = (clicked: MouseEvent<HTMLCanvasElement>) => {
    const place = clicked.currentTarget.getBoundingClientRect();
    const key = keys[Math.floor((clicked.clientY - place.top) / cell) * columns + Math.floor((clicked.clientX - place.left) / cell)];
    if (key) void navigate({ to: '/t/$tenant/chargers/$charger', params: { tenant, charger: partsOf(key)[0] } });
  };
  return (
    <div ref={ref}>
      <canvas ref={canvas} className="heat" role="img" aria-label={t('site.heatLabel', { count: keys.length })} style={{ width: '100%', height }} onClick={open} />
      <ul className="state-counts small">{states.map(state => <li key={state}><StateText state={state} size={16} /></li>)}</ul>
    </div>
  );
}

const hollow: readonly State[] = ['Available', 'Unknown', 'Reserved', 'Preparing', 'Finishing'];
const crossed: readonly State[] = ['Faulted', 'Offline', 'Unavailable'];

/** Filled where a vehicle is charged, hollow where none is, crossed where none can be. */
function drawCell(drawing: CanvasRenderingContext2D, x: number, y: number, state: State, colour: string): void {
  drawing.fillStyle = drawing.strokeStyle = colour;
  drawing.lineWidth = 1.5;
  if (hollow.includes(state)) {
    drawing.strokeRect(x + 1.5, y + 1.5, cell - 4, cell - 4);
    return;
  }
  if (!crossed.includes(state)) {
    drawing.fillRect(x + 1, y + 1, cell - 2, cell - 2);
    return;
  }
  drawing.beginPath();
  drawing.moveTo(x + 2, y + 2);
  drawing.lineTo(x + cell - 2, y + cell - 2);
  drawing.moveTo(x + cell - 2, y + 2);
  drawing.lineTo(x + 2, y + cell - 2);
  drawing.stroke();
}
