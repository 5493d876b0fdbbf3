import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import { useFormat } from './format';

/** Values over time; null where nothing was measured, which leaves a gap, and undefined where only another curve has a point. */
export interface Series {
  label: string;
  unit: string;
  values: (number | null | undefined)[];
  /** A value holds until the next, as a limit does. */
  stepped?: boolean;
}

interface Props {
  /** In seconds since 1970, rising. */
  times: number[];
  series: Series[];
  /** The period that is shown, where it is not that of the values. */
  from?: number;
  to?: number;
}

const height = 220;
const colours = ['--curve-1', '--curve-2', '--curve-3', '--curve-4'];
const dashes = [[], [8, 4], [2, 3], [12, 3, 2, 3]];

/** Curves over one axis of time, with an axis for each unit. Dragging zooms, a double click shows all again. */
export function Curve({ times, series, from, to }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ref, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef<{ min: number; max: number } | null>(null);
  const scheme = useComputedColorScheme('light');
  const kind = series.map(one => `${one.label}|${one.unit}`).join(';');

  useEffect(() => {
    if (width === 0 || !place.current) return undefined;
    const style = getComputedStyle(document.documentElement);
    const [text, grid] = [style.getPropertyValue('--mantine-color-text'), style.getPropertyValue('--mantine-color-default-border')];
    const units = [...new Set(series.map(one => one.unit))];
    const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    plot.current = new uPlot(
      {
        width, height,
        ...(format.zone === undefined ? {} : { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), format.zone!) }),
        series: [
          { label: t('command.when'), value: (_, seconds) => (seconds === null ? '—' : format.moment(seconds * 1000)) },
          ...series.map((one, at) => ({
            label: one.label, scale: one.unit, stroke: style.getPropertyValue(colours[at % colours.length]!), width: 2, dash: dashes[at % dashes.length]!,
            value: (_: uPlot, value: number | null) => format.number(value, 1, one.unit),
            ...(one.stepped ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
          })),
        ],
        axes: [
          { ...axis, values: (_, marks) => marks.map(seconds => format.clock(seconds * 1000)) },
          ...units.map((unit, at) => ({
            ...axis, scale: unit, side: at === 0 ? 3 : 1, size: 64, grid: { show: at === 0, stroke: grid, width: 1 },
            values: (_: uPlot, marks: number[]) => marks.map(mark => format.number(mark, 0, unit)),
          })),
        ],
      },
      [times, ...series.map(one => one.values)] as uPlot.AlignedData,
      place.current,
    );
    shown.current = null;
    return () => plot.current?.destroy();
    // New values alone go the way below, so that a zoom is kept.
  }, [width, scheme, format, kind]);

  useEffect(() => plot.current?.setData([times, ...series.map(one => one.values)] as uPlot.AlignedData, false), [times, series]);

  // A later period takes the place of the one before, but not of what was zoomed to.
  useEffect(() => {
    const now = plot.current?.scales.x;
    const isZoomed = shown.current !== null && (now?.min !== shown.current.min || now.max !== shown.current.max);
    if (!plot.current || from === undefined || to === undefined || isZoomed) return;
    shown.current = { min: from, max: to };
    plot.current.setScale('x', shown.current);
  }, [from, to, width, scheme, format, kind]);

  return (
    <figure ref={ref} className="curve" aria-label={t('session.curveLabel', { names: series.map(one => one.label).join(', ') })}>
      <div ref={place} />
    </figure>
  );
}
