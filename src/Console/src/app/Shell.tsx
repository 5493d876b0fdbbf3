import { ActionIcon, Alert, AppShell, Burger, Button, Group, Menu, Text, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconHelp, IconLogout, IconMoon, IconSearch, IconSun, IconUser, IconUserCog } from '@tabler/icons-react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { actIn, ApiError } from '../api/client';
import { OpenAlarms } from '../features/alarms/OpenAlarms';
import { Collected } from '../features/changes/Collected';
import { Failure, useReason } from '../ui/Failure';
import { LanguageSwitch } from './LanguageSwitch';
import { LiveIndicator, StaleBanner } from './LiveIndicator';
import { Search } from './Search';
import { SiteLinks } from './SiteLinks';
import { usePages } from './pages';
import { useCaller, useSignOut } from './session';
import { useHelp, useShortcuts } from './shortcuts';

const mostTabs = 3; // of a phone; the menu has the others

/** The frame around every page: bars, search, who one is, and whether what is shown is of now. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const caller = useCaller()!;
  const [menu, { toggle, close }] = useDisclosure(false);
  const pages = usePages();
  const [searching, search] = useDisclosure(false);
  const kiosk = useSearch({ from: '__root__' }).kiosk === 1;
  useHotkeys([['mod+K', search.open]]);
  const help = useHelp();
  useShortcuts(help);

  const foreign = tenant !== caller.tenant;
  const allowed = !foreign || caller.platformAdministrator;
  actIn(foreign && allowed ? tenant : null);

  const content = (
    <>
      {foreign && allowed && <Alert color="yellow" variant="outline" mb="md">{t('app.platform', { tenant })}</Alert>}
      <StaleBanner />
      {allowed && <Collected tenant={tenant} />}
      {allowed ? children : <Failure fault={new ApiError(404, 'not-found', '')} />}
    </>
  );
  if (kiosk) return <main className="kiosk">{content}</main>;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !menu } }}
      footer={{ height: { base: 56, sm: 0 } }}
      padding="md">
      <a className="skip" href="#content">{t('app.skip')}</a>
      <AppShell.Header className="header">
        <Group gap="xs" wrap="nowrap">
          <Burger opened={menu} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app.menu')} />
          <Link to="/t/$tenant/overview" params={{ tenant }} className="brand"><img src="/icon.svg" alt="" width="26" height="26" /> <span>EvCharge</span></Link>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <LiveIndicator />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('app.search')} title={`${t('app.search')} (Ctrl K)`} onClick={search.open}><IconSearch size={20} /></ActionIcon>
          <span className="wide"><LanguageSwitch /></span>
          <ThemeSwitch />
          <ActionIcon variant="subtle" color="gray" size="lg" className="wide" aria-label={t('help.title')} title={`${t('help.title')} (?)`} onClick={help}><IconHelp size={20} /></ActionIcon>
          <Account />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className="navbar">
        <nav aria-label={t('app.menu')} onClick={close}>
          <PageLinks tenant={tenant} group="daily" />
          {allowed && <SiteLinks tenant={tenant} />}
          {(['people', 'administration'] as const).map(group => pages.some(page => page.group === group) && (
            <section key={group} aria-label={t(`nav.${group}`)}>
              <h2 className="nav-group">{t(`nav.${group}`)}</h2>
              <PageLinks tenant={tenant} group={group} />
            </section>
          ))}
        </nav>
        <Button className="narrow" variant="default" leftSection={<IconHelp size={16} />} onClick={() => { close(); help(); }}>{t('help.title')}</Button>
        <span className="narrow"><LanguageSwitch /></span>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>{content}</AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" className="tabs">
        {pages.slice(0, mostTabs).map(page => <Link key={page.to} to={page.to} params={{ tenant }}><page.icon size={22} />{t(`nav.${page.word}`)}</Link>)}
      </AppShell.Footer>
      <Search tenant={tenant} opened={searching} close={search.close} />
    </AppShell>
  );
}

function PageLinks({ tenant, group }: { tenant: string; group: ReturnType<typeof usePages>[number]['group'] }) {
  const { t } = useTranslation();
  return usePages()
    .filter(page => page.group === group)
    .map(page => <Link key={page.to} to={page.to} params={{ tenant }} className="nav"><page.icon size={20} /> {t(`nav.${page.word}`)}{page.word === 'alarms' && <OpenAlarms />}</Link>);
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('app.theme')} onClick={() => setColorScheme(shown === 'dark' ? 'light' : 'dark')}>
      {shown === 'dark' ? <IconSun size={20} /> : <IconMoon size={20} />}
    </ActionIcon>
  );
}

function Account() {
  const { t } = useTranslation();
  const caller = useCaller()!;
  const signOut = useSignOut();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const reason = useReason(signOut.error);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={t('app.account')} className="account"><IconUser size={20} /> <Text span size="sm" className="wide">{caller.user}</Text></UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{caller.tenant}/{caller.user} · {caller.role}</Menu.Label>
        <Menu.Item leftSection={<IconUserCog size={16} />} component={Link} to="/t/$tenant/account" params={{ tenant } as never}>{t('account.open')}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} closeMenuOnClick={false} onClick={() => signOut.mutate()}>{t('app.signOut')}</Menu.Item>
        {signOut.isError && <Menu.Label role="alert" className="fault">{reason}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
