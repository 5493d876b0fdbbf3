import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../app/PageHead';

interface Props {
  site: string;
  name: string;
  children?: ReactNode;
}

/** The name of a site above each of its pages, and the way to the others. */
export function SiteTabs({ site, name, children }: Props) {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  return (
    <PageHead
      title={name}
      tabs={(
        <>
          <Link to="/t/$tenant/sites/$site" params={{ tenant, site }} activeOptions={{ exact: true, includeSearch: false }}>{t('overview.connectors')}</Link>
          <Link to="/t/$tenant/sites/$site/energy" params={{ tenant, site }}>{t('energy.title')}</Link>
          <Link to="/t/$tenant/sites/$site/supply" params={{ tenant, site }}>{t('supply.title')}</Link>
          <Link to="/t/$tenant/sessions" params={{ tenant }} search={{ site }}>{t('nav.sessions')}</Link>
          <Link to="/t/$tenant/trends" params={{ tenant }} search={{ tags: ['free', 'inForce', 'drawn'].map(one => `site/${site}/${one}`).join(',') }}>{t('nav.trends')}</Link>
        </>
      )}>
      {children}
    </PageHead>
  );
}
