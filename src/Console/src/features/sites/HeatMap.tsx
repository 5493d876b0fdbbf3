import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '../../live/board';
import { stateOfCells } from '../../live/cells';
import { states, type State } from '../../symbols/state';
import { StateText } from '../../symbols/StateSymbol';
import { partsOf } from './ConnectorTiles';

const cell = 12; // px, with the gap
const slice = 4; // ms of drawing in a frame

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
    const looks = new Map(states.map(state => [state, lookOf(state, style.getPropertyValue(`--state-${state}`), scale)]));
    const drawn: (State | undefined)[] = [];
    let [due, place, left] = [0, 0, keys.length];
    // In slices, each within a frame: ten thousand cells at once would hold up whatever else the page does.
    const draw = () => {
      due = 0;
      for (const until = performance.now() + slice; left > 0 && performance.now() < until; left--, place = (place + 1) % keys.length) {
        const cells = board.row(keys[place]!);
        const state = cells ? stateOfCells(cells) : 'Unknown';
        if (drawn[place] === state) continue;
        drawn[place] = state;
        const [x, y] = [(place % columns) * cell, Math.floor(place / columns) * cell];
        drawing.clearRect(x, y, cell, cell);
        drawing.drawImage(looks.get(state)!, x, y, cell, cell);
      }
      if (left > 0) due = requestAnimationFrame(draw);
    };
    draw();
    const leave = board.onAny(() => {
      left = keys.length;
      due ||= requestAnimationFrame(draw);
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

/** A cell of a state, drawn once and copied from then on. */
function lookOf(state: State, colour: string, scale: number): HTMLCanvasElement {
  const look = document.createElement('canvas');
  look.width = look.height = cell * scale;
  const drawing = look.getContext('2d')!;
  drawing.scale(scale, scale);
  drawCell(drawing, 0, 0, state, colour);
  return look;
}

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
