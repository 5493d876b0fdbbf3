import { useParams, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { timelineOf } from './spans';

/** Which connector was and is held when. What it shows stands in words in the list below it. */
export function Timeline({ of }: { of: readonly Schemas['ReservationView'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const timeline = timelineOf(of, Date.now());
  if (!timeline) return null;
  const isNowShown = timeline.now >= 0 && timeline.now <= 100;
  return (
    <Scroll label={t('reservation.timeline')} width={560}>
      <div className="timeline">
        {timeline.rows.map(row => (
          <div key={`${row.charger} ${row.connector}`} className="timeline-row">
            <Link className="link small" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: row.charger }}>{row.charger} · {row.connector === 0 ? t('reservation.any') : row.connector}</Link>
            <div className="timeline-track">
              {row.bars.map(bar => (
                <span
                  key={bar.id} className={`timeline-bar ${bar.isOpen ? 'timeline-open' : ''}`} data-bar={bar.id}
                  style={{ insetInlineStart: `${bar.start}%`, inlineSize: `${bar.size}%` }}>
                  {bar.idTag}
                </span>
              ))}
              {isNowShown && <span className="timeline-now" style={{ insetInlineStart: `${timeline.now}%` }} />}
            </div>
          </div>
        ))}
        <div className="timeline-row muted small">
          <span />
          <div className="timeline-ends"><span>{format.moment(timeline.from)}</span><span>{format.moment(timeline.to)}</span></div>
        </div>
      </div>
    </Scroll>
  );
}
