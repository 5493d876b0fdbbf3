import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format';
import { stepsOf, type Period } from './schedule';

interface Line {
  label: string;
  periods: Period[];
}

interface Props {
  unit: string;
  /** Seconds that are drawn. */
  until: number;
  lines: Line[];
}

const [width, height] = [600, 120];

/** Limits over time as steps; a second line lies dashed over the first. */
export function Steps({ unit, until, lines }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = Math.max(1, ...lines.flatMap(line => line.periods.map(period => period.limit)).filter(Number.isFinite));
  const points = (periods: Period[]): string =>
    stepsOf(periods, until).map(([at, limit]) => `${(at / until) * width},${height - (limit / most) * (height - 6)}`).join(' ');
  return (
    <figure aria-label={t('profile.stepsLabel', { names: lines.map(line => line.label).join(', ') })}>
      <svg className="steps" viewBox={`0 0 ${width} ${height + 16}`} role="img" aria-label={t('profile.stepsLabel', { names: lines.map(line => line.label).join(', ') })}>
        <rect className="frame" width={width} height={height} />
        {lines.map((line, at) => <polyline key={line.label} className={`line line-${at}`} points={points(line.periods)} />)}
        <text x="4" y="14">{format.number(most, 0, unit)}</text>
        <text x="4" y={height + 13}>0</text>
        <text x={width - 4} y={height + 13} textAnchor="end">{format.number(until / 60, 0, 'min')}</text>
      </svg>
      <figcaption className="small muted">{lines.map((line, at) => `${at === 0 ? '—' : '- -'} ${line.label}`).join('   ')}</figcaption>
    </figure>
  );
}
