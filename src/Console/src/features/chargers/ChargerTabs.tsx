import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../app/PageHead';
import { useMay } from '../../app/session';

interface Props {
  charger: string;
  children?: ReactNode;
}

/** The name of a charger above each of its pages, and the way to the others. */
export function ChargerTabs({ charger, children }: Props) {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const [mayCommand, mayListen, mayRead] = [useMay('calls.send'), useMay('frames.read'), useMay('commands.read')];
  const params = { tenant, charger };
  return (
    <PageHead
      title={t('charger.title', { name: charger })}
      tabs={(
        <>
          <Link to="/t/$tenant/chargers/$charger" params={params} activeOptions={{ exact: true }}>{t('charger.now')}</Link>
          <Link to="/t/$tenant/chargers/$charger/configuration" params={params}>{t('keys.title')}</Link>
          <Link to="/t/$tenant/chargers/$charger/profiles" params={params}>{t('profile.title')}</Link>
          {mayRead && <Link to="/t/$tenant/chargers/$charger/maintenance" params={params}>{t('maintenance.title')}</Link>}
          {mayRead && <Link to="/t/$tenant/chargers/$charger/commissioning" params={params}>{t('commissioning.title')}</Link>}
          <Link to="/t/$tenant/chargers/$charger/proxy" params={params}>{t('proxy.title')}</Link>
          <Link to="/t/$tenant/sessions" params={{ tenant }} search={{ charger }}>{t('nav.sessions')}</Link>
          <Link to="/t/$tenant/reservations" params={{ tenant }} search={{ charger }}>{t('nav.reservations')}</Link>
          {mayCommand && <Link to="/t/$tenant/console" params={{ tenant }} search={{ charger }}>{t('nav.console')}</Link>}
          {mayListen && <Link to="/t/$tenant/frames" params={{ tenant }} search={{ charger }}>{t('nav.frames')}</Link>}
        </>
      )}>
      {children}
    </PageHead>
  );
}
