import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { Bar } from '../../ui/Bar';

const failed = ['error', 'timeout', 'offline', 'unknown', 'refused'] as const;

/** How many of a batch's chargers have answered, and how many cannot any more. */
export function Progress({ of: progress }: { of: Schemas['BatchProgressView'] }) {
  const { t } = useTranslation();
  const lost = failed.reduce((sum, status) => sum + progress[status], 0);
  const text = t('batch.counts', { answered: progress.answered, lost, total: progress.total });
  return (
    <div>
      <Bar most={progress.total} parts={[{ value: progress.answered, className: 'bar-drawn' }, { value: lost, className: 'bar-lost' }]} label={text} />
      <span className="small numbers">{text}</span>
    </div>
  );
}
