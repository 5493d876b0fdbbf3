import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../live/hooks';
import { live } from '../live/stream';
import { useFormat } from '../ui/format';

const marks = { live: '●', connecting: '◌', stale: '✕', idle: '○' } as const;

/** Whether what is shown is of now. */
export function LiveIndicator() {
  const { t } = useTranslation();
  const state = useLiveState();
  const format = useFormat();
  const time = live.lastFrame === null ? '—' : format.time(live.lastFrame);
  return (
    <span className={`live live-${state}`} role="status" data-live={state}>
      <span aria-hidden>{marks[state]}</span> <span className={state === 'stale' ? '' : 'wide'}>{t(`live.${state}`, { time })}</span>
    </span>
  );
}

export function StaleBanner() {
  const { t } = useTranslation();
  const state = useLiveState();
  const format = useFormat();
  if (state !== 'stale' || live.lastFrame === null) return null;
  return <Alert color="orange" variant="outline" mb="md" role="status">{t('live.staleBanner', { time: format.time(live.lastFrame) })}</Alert>;
}
