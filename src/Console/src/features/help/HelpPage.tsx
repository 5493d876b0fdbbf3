import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import { Failure } from '../../ui/Failure';

const texts: Record<string, () => Promise<{ default: string }>> = {
  'en/operator': () => import('../../../../../docs/manual/en/operator.md'),
  'en/administrator': () => import('../../../../../docs/manual/en/administrator.md'),
  'fr/operator': () => import('../../../../../docs/manual/fr/operator.md'),
  'fr/administrator': () => import('../../../../../docs/manual/fr/administrator.md'),
};

/** A manual in the language that is shown, at the part that the address names. */
export function HelpPage() {
  const { t, i18n } = useTranslation();
  const { tenant, manual } = useParams({ from: '/t/$tenant/help/$manual' });
  const { hash } = useLocation();
  const place = useRef<HTMLDivElement>(null);
  const load = texts[`${i18n.language}/${manual}`];
  const text = useQuery({ queryKey: ['manual', i18n.language, manual], queryFn: async () => (await load!()).default, enabled: load !== undefined, staleTime: Infinity }).data;
  useEffect(() => {
    if (text && hash) place.current?.querySelector(`#${CSS.escape(hash)}`)?.scrollIntoView();
  }, [text, hash]);
  if (!load) return <Failure fault={new ApiError(404, 'not-found', '')} />;
  return (
    <Stack>
      <Group component="nav" aria-label={t('help.title')}>
        {(['operator', 'administrator'] as const).map(one => <Link key={one} className="link" to="/t/$tenant/help/$manual" params={{ tenant, manual: one }}>{t(`help.${one}`)}</Link>)}
      </Group>
      {/* Made of our own files when the console is built: nothing that anybody typed is in it. */}
      {text && <article ref={place} className="manual" dangerouslySetInnerHTML={{ __html: text }} />}
    </Stack>
  );
}
