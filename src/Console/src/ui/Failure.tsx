import { Alert, Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client';

interface Props {
  fault: unknown;
  retry?: () => void;
}

/** Says why something cannot be shown, and what one can do. */
export function Failure({ fault, retry }: Props) {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="outline" title={t('error.title')} role="alert">
      <p>{useReason(fault)}</p>
      <Group>
        {retry && <Button size="sm" variant="default" onClick={retry}>{t('error.retry')}</Button>}
        <Link to="/">{t('error.home')}</Link>
      </Group>
    </Alert>
  );
}

/** A fault in the language that is shown, as far as it is one of those that everybody can meet; else in the server's words. */
export function useReason(fault: unknown): string {
  const { t } = useTranslation();
  if (!(fault instanceof ApiError)) return String(fault);
  switch (fault.status) {
    case 0: return t('error.unreachable');
    case 403: return t('error.forbidden');
    case 404: return t('error.notFound');
    case 429: return t('error.tooMany', { seconds: fault.retryAfter ?? 1 });
    default: return [fault.message, ...Object.entries(fault.errors).map(([member, texts]) => `${member} ${texts.join(', ')}`)].join(' ');
  }
}
