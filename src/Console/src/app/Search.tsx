import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chargers, sites } from '../api/queries';
import { usePages } from './pages';

const most = 12;

interface Props {
  tenant: string;
  opened: boolean;
  close: () => void;
}

/** Finds pages, sites and chargers by a part of their name. Enter opens the first. */
export function Search({ tenant, opened, close }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const allSites = useQuery({ ...sites, enabled: opened });
  const allChargers = useQuery({ ...chargers, enabled: opened });
  const wanted = text.trim().toLowerCase();
  const fits = (name: string): boolean => name.toLowerCase().includes(wanted);
  const foundPages = usePages().filter(page => wanted !== '' && fits(t(`nav.${page.word}`)));
  const foundSites = (allSites.data ?? []).filter(site => fits(site.site) || fits(site.name)).slice(0, most);
  const foundChargers = (allChargers.data ?? []).filter(charger => fits(charger.charger)).slice(0, most - foundSites.length);
  const leave = () => {
    setText('');
    close();
  };
  const openFirst = () => {
    const [page] = foundPages;
    const [site] = foundSites;
    const [charger] = foundChargers;
    if (page) void navigate({ to: page.to, params: { tenant } });
    else if (site) void navigate({ to: '/t/$tenant/sites/$site', params: { tenant, site: site.site } });
    else if (charger) void navigate({ to: '/t/$tenant/chargers/$charger', params: { tenant, charger: charger.charger } });
    else return;
    leave();
  };
  return (
    <Modal opened={opened} onClose={leave} title={t('app.search')} closeButtonProps={{ 'aria-label': t('command.cancel') }}>
      <TextInput
        data-autofocus aria-label={t('app.search')} placeholder={t('search.placeholder')} value={text}
        onChange={changed => setText(changed.currentTarget.value)} onKeyDown={pressed => pressed.key === 'Enter' && openFirst()} />
      <ul className="found" onClick={leave}>
        {foundPages.map(page => <li key={page.to}><Link to={page.to} params={{ tenant }}>{t(`nav.${page.word}`)}</Link></li>)}
        {foundSites.map(site => (
          <li key={`s${site.site}`}><Link to="/t/$tenant/sites/$site" params={{ tenant, site: site.site }}>{site.name} <small>{site.site}</small></Link></li>
        ))}
        {foundChargers.map(charger => (
          <li key={`c${charger.charger}`}>
            <Link to="/t/$tenant/chargers/$charger" params={{ tenant, charger: charger.charger }}>{charger.charger} <small>{[charger.vendor, charger.model].filter(Boolean).join(' ')}</small></Link>
          </li>
        ))}
      </ul>
      {foundPages.length + foundSites.length + foundChargers.length === 0 && <p>{t('search.none')}</p>}
    </Modal>
  );
}
