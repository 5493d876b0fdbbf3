import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SiteChoice } from '../configuration/SiteChoice';

interface Kept {
  /** The site that keeps it for itself; null for what all have. */
  site: string | null;
}

/** Whose library a page shows: that which all sites have, or what holds at one, its own and the rest. The site is in the address. */
export function useLibrarySite<T extends Kept>(to: '/t/$tenant/operating-modes' | '/t/$tenant/profile-templates') {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const { site } = useSearch({ from: to });
  const navigate = useNavigate();
  const choose = (chosen: string) => void navigate({ to, params: { tenant }, search: previous => ({ ...previous, site: chosen || undefined }), replace: true });
  const isInherited = (one: T): boolean => site !== undefined && one.site === null;
  const columns: { word: string; cell: (one: T) => ReactNode }[] =
    site === undefined ? [] : [{ word: 'library.from', cell: one => t(isInherited(one) ? 'library.inherited' : 'library.own') }];
  return { site, isInherited, columns, choice: <SiteChoice label={t('library.of')} none={t('library.all')} value={site ?? ''} fault={null} change={choose} /> };
}
