import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sites } from '../api/queries';
import { siteOf } from '../live/cells';
import { useBoard, useRow } from '../live/hooks';
import { states, worstOf } from '../symbols/state';
import { StateSymbol } from '../symbols/StateSymbol';

const most = 50; // more than that is searched for, not read

/** The tenant's sites, each with its worst state. */
export function SiteLinks({ tenant }: { tenant: string }) {
  const { t } = useTranslation();
  const list = useQuery(sites);
  return (
    <section className="site-links" aria-label={t('nav.sites')}>
      <h2>{t('nav.sites')}</h2>
      {list.data?.slice(0, most).map(site => <SiteLink key={site.site} tenant={tenant} site={site.site} name={site.name} />)}
    </section>
  );
}

function SiteLink({ tenant, site, name }: { tenant: string; site: string; name: string }) {
  const cells = useRow(useBoard('overview'), site);
  const now = cells && siteOf(cells);
  return (
    <Link to="/t/$tenant/sites/$site" params={{ tenant, site }} className="nav">
      <StateSymbol state={now ? worstOf(states.filter(state => now.connectors[state] > 0)) : 'Unknown'} size={16} /> <span className="cut">{name}</span>
    </Link>
  );
}
