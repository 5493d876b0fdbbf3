import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { alarmCounts } from '../../api/alarms';
import { useFormat } from '../../ui/format';

/** How many alarms wait for somebody, beside the name of their page; nothing for none. */
export function OpenAlarms() {
  const { t } = useTranslation();
  const format = useFormat();
  const open = (useQuery(alarmCounts).data ?? []).reduce((sum, one) => sum + one.count, 0);
  return open > 0 && <span className="nav-count numbers">{format.number(open)}<VisuallyHidden> {t('alarms.filters.open')}</VisuallyHidden></span>;
}
