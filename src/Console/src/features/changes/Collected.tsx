import { Alert, Group } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useChanges } from './changes';

/** Says on every page that changes wait to be applied. */
export function Collected({ tenant }: { tenant: string }) {
  const { t } = useTranslation();
  const { count } = useChanges();
  const there = useLocation().pathname.endsWith('/changes');
  if (count === 0 || there) return null;
  return (
    <Alert color="blue" variant="outline" mb="md" role="status">
      <Group gap="md">{t('changes.waiting', { count })} <Link to="/t/$tenant/changes" params={{ tenant }}>{t('changes.review')}</Link></Group>
    </Alert>
  );
}
