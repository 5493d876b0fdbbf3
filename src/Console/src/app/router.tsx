import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate, retainSearchParams } from '@tanstack/react-router';
import { alarmStates, type AlarmFilter } from '../api/alarms';
import { ApiError } from '../api/client';
import { reservationStatuses, type ReservationFilter, type SessionFilter } from '../api/queries';
import type { JsonObject } from '../features/console/schema';
import { ranges, type Range } from '../features/trends/trend';
import { states, type State } from '../symbols/state';
import { Failure } from '../ui/Failure';
import { Entrance } from './Entrance';
import { TenantPages } from './TenantPages';
import { useCaller } from './session';

export const views = ['tiles', 'table', 'heat'] as const;
export type View = (typeof views)[number];

/** What a list of connectors is narrowed to, and how it is drawn. */
export interface SiteSearch {
  view?: View;
  state?: State;
}

/** The filter of the sessions, with the page that is looked at. */
export interface SessionSearch extends Omit<SessionFilter, 'active'> {
  status?: 'active' | 'ended';
  cursor?: string;
}

/** A charger and what is to be sent to it. */
export interface ConsoleSearch {
  charger?: string;
  action?: string;
  /** What the request is to begin with. */
  payload?: JsonObject;
}

/** Which messages of a charger are looked at. */
export interface FrameSearch {
  charger?: string;
  action?: string;
  direction?: 'in' | 'out';
  from?: string;
  to?: string;
  cursor?: string;
}

/** Curves that are looked at, with commas between them; how far back; and until when, where that is not now. */
export interface TrendSearch {
  tags?: string;
  range?: Range;
  until?: string;
}

const objectOf = (value: unknown): JsonObject | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined);
const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined => known.find(one => one === value);
const text = (value: unknown, most = 400): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, most) : typeof value === 'number' ? String(value) : undefined;

const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): { kiosk?: 1 } => (search.kiosk === 1 ? { kiosk: 1 } : {}),
  search: { middlewares: [retainSearchParams(['kiosk'])] },
  component: Entrance,
  notFoundComponent: () => <Failure fault={new ApiError(404, 'not-found', '')} />,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: function Home() {
    return <Navigate to="/t/$tenant/overview" params={{ tenant: useCaller()!.tenant }} replace />;
  },
});

const tenant = createRoute({ getParentRoute: () => root, path: '/t/$tenant', component: TenantPages });

const overview = createRoute({
  getParentRoute: () => tenant,
  path: '/overview',
  validateSearch: (search: Record<string, unknown>): { view?: 'cards' | 'table' } => ({ view: oneOf(['cards', 'table'] as const, search.view) }),
  component: lazyRouteComponent(() => import('../features/overview/Overview'), 'Overview'),
});

const site = createRoute({
  getParentRoute: () => tenant,
  path: '/sites/$site',
  validateSearch: (search: Record<string, unknown>): SiteSearch => ({ view: oneOf(views, search.view), state: oneOf(states, search.state) }),
  component: lazyRouteComponent(() => import('../features/sites/SitePage'), 'SitePage'),
});

const energy = createRoute({
  getParentRoute: () => tenant,
  path: '/sites/$site/energy',
  component: lazyRouteComponent(() => import('../features/sites/EnergyPage'), 'EnergyPage'),
});

const supply = createRoute({
  getParentRoute: () => tenant,
  path: '/sites/$site/supply',
  component: lazyRouteComponent(() => import('../features/supply/SupplyPage'), 'SupplyPage'),
});

const charger = createRoute({
  getParentRoute: () => tenant,
  path: '/chargers/$charger',
  component: lazyRouteComponent(() => import('../features/chargers/ChargerPage'), 'ChargerPage'),
});

const trends = createRoute({
  getParentRoute: () => tenant,
  path: '/trends',
  validateSearch: (search: Record<string, unknown>): TrendSearch => ({ tags: text(search.tags, 4_000), range: ranges.find(one => one === search.range), until: text(search.until) }),
  component: lazyRouteComponent(() => import('../features/trends/TrendsPage'), 'TrendsPage'),
});

const sessions = createRoute({
  getParentRoute: () => tenant,
  path: '/sessions',
  validateSearch: (search: Record<string, unknown>): SessionSearch => ({
    site: text(search.site), charger: text(search.charger), idTag: text(search.idTag), vehicle: text(search.vehicle),
    connector: Number.isInteger(search.connector) ? (search.connector as number) : undefined,
    from: text(search.from), to: text(search.to), status: oneOf(['active', 'ended'] as const, search.status), cursor: text(search.cursor),
  }),
  component: lazyRouteComponent(() => import('../features/sessions/SessionsPage'), 'SessionsPage'),
});

const session = createRoute({
  getParentRoute: () => tenant,
  path: '/sessions/$session',
  component: lazyRouteComponent(() => import('../features/sessions/SessionPage'), 'SessionPage'),
});

const ocppConsole = createRoute({
  getParentRoute: () => tenant,
  path: '/console',
  validateSearch: (search: Record<string, unknown>): ConsoleSearch => ({ charger: text(search.charger), action: text(search.action), payload: objectOf(search.payload) }),
  component: lazyRouteComponent(() => import('../features/console/ConsolePage'), 'ConsolePage'),
});

const frames = createRoute({
  getParentRoute: () => tenant,
  path: '/frames',
  validateSearch: (search: Record<string, unknown>): FrameSearch => ({
    charger: text(search.charger), action: text(search.action), direction: oneOf(['in', 'out'] as const, search.direction),
    from: text(search.from), to: text(search.to), cursor: text(search.cursor),
  }),
  component: lazyRouteComponent(() => import('../features/frames/FramesPage'), 'FramesPage'),
});

const events = createRoute({
  getParentRoute: () => tenant,
  path: '/events',
  validateSearch: (search: Record<string, unknown>): { charger?: string; cursor?: string } => ({ charger: text(search.charger), cursor: text(search.cursor) }),
  component: lazyRouteComponent(() => import('../features/events/EventsPage'), 'EventsPage'),
});

const alarms = createRoute({
  getParentRoute: () => tenant,
  path: '/alarms',
  validateSearch: (search: Record<string, unknown>): AlarmFilter & { cursor?: string } => ({
    charger: text(search.charger), state: oneOf(alarmStates, search.state), cursor: text(search.cursor),
  }),
  component: lazyRouteComponent(() => import('../features/alarms/AlarmsPage'), 'AlarmsPage'),
});

const users = createRoute({
  getParentRoute: () => tenant,
  path: '/users',
  component: lazyRouteComponent(() => import('../features/admin/UsersPage'), 'UsersPage'),
});

const identityProviders = createRoute({
  getParentRoute: () => tenant,
  path: '/identity-providers',
  component: lazyRouteComponent(() => import('../features/admin/IdentityProvidersPage'), 'IdentityProvidersPage'),
});

const audit = createRoute({
  getParentRoute: () => tenant,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>): { author?: string; cursor?: string } => ({ author: text(search.author), cursor: text(search.cursor) }),
  component: lazyRouteComponent(() => import('../features/admin/AuditPage'), 'AuditPage'),
});

const reservations = createRoute({
  getParentRoute: () => tenant,
  path: '/reservations',
  validateSearch: (search: Record<string, unknown>): ReservationFilter & { cursor?: string } => ({
    charger: text(search.charger), idTag: text(search.idTag), status: oneOf(reservationStatuses, search.status), cursor: text(search.cursor),
  }),
  component: lazyRouteComponent(() => import('../features/reservations/ReservationsPage'), 'ReservationsPage'),
});

const tags = createRoute({
  getParentRoute: () => tenant,
  path: '/tags',
  component: lazyRouteComponent(() => import('../features/people/TagsPage'), 'TagsPage'),
});

const vehicles = createRoute({
  getParentRoute: () => tenant,
  path: '/vehicles',
  component: lazyRouteComponent(() => import('../features/people/VehiclesPage'), 'VehiclesPage'),
});

const roles = createRoute({
  getParentRoute: () => tenant,
  path: '/roles',
  component: lazyRouteComponent(() => import('../features/admin/RolesPage'), 'RolesPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => tenant,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('../features/admin/ApiKeysPage'), 'ApiKeysPage'),
});

const tenants = createRoute({
  getParentRoute: () => tenant,
  path: '/tenants',
  component: lazyRouteComponent(() => import('../features/admin/TenantsPage'), 'TenantsPage'),
});

const connector = createRoute({
  getParentRoute: () => tenant,
  path: '/chargers/$charger/connectors/$connector',
  component: lazyRouteComponent(() => import('../features/chargers/ConnectorPage'), 'ConnectorPage'),
});

const keys = createRoute({
  getParentRoute: () => tenant,
  path: '/chargers/$charger/configuration',
  component: lazyRouteComponent(() => import('../features/chargers/KeysPage'), 'KeysPage'),
});

const profiles = createRoute({
  getParentRoute: () => tenant,
  path: '/chargers/$charger/profiles',
  component: lazyRouteComponent(() => import('../features/chargers/profiles/ProfilesPage'), 'ProfilesPage'),
});

const maintenance = createRoute({
  getParentRoute: () => tenant,
  path: '/chargers/$charger/maintenance',
  component: lazyRouteComponent(() => import('../features/chargers/MaintenancePage'), 'MaintenancePage'),
});

const proxy = createRoute({
  getParentRoute: () => tenant,
  path: '/chargers/$charger/proxy',
  component: lazyRouteComponent(() => import('../features/proxy/ProxyPage'), 'ProxyPage'),
});

const authorization = createRoute({
  getParentRoute: () => tenant,
  path: '/authorization',
  component: lazyRouteComponent(() => import('../features/authorization/RequestsPage'), 'RequestsPage'),
});

const batches = createRoute({
  getParentRoute: () => tenant,
  path: '/batches',
  component: lazyRouteComponent(() => import('../features/batches/BatchesPage'), 'BatchesPage'),
});

const batch = createRoute({
  getParentRoute: () => tenant,
  path: '/batches/$batch',
  component: lazyRouteComponent(() => import('../features/batches/BatchPage'), 'BatchPage'),
});

const profileTemplates = createRoute({
  getParentRoute: () => tenant,
  path: '/profile-templates',
  validateSearch: (search: Record<string, unknown>): { site?: string } => ({ site: text(search.site) }),
  component: lazyRouteComponent(() => import('../features/library/ProfileTemplatesPage'), 'ProfileTemplatesPage'),
});

const operatingModes = createRoute({
  getParentRoute: () => tenant,
  path: '/operating-modes',
  validateSearch: (search: Record<string, unknown>): { site?: string } => ({ site: text(search.site) }),
  component: lazyRouteComponent(() => import('../features/library/OperatingModesPage'), 'OperatingModesPage'),
});

const commissioning = createRoute({
  getParentRoute: () => tenant,
  path: '/chargers/$charger/commissioning',
  component: lazyRouteComponent(() => import('../features/commissioning/CommissioningPage'), 'CommissioningPage'),
});

const compatibility = createRoute({
  getParentRoute: () => tenant,
  path: '/compatibility',
  component: lazyRouteComponent(() => import('../features/commissioning/CompatibilityPage'), 'CompatibilityPage'),
});

const firmware = createRoute({
  getParentRoute: () => tenant,
  path: '/firmware',
  component: lazyRouteComponent(() => import('../features/firmware/FirmwarePage'), 'FirmwarePage'),
});

const system = createRoute({
  getParentRoute: () => tenant,
  path: '/system',
  component: lazyRouteComponent(() => import('../features/system/SystemPage'), 'SystemPage'),
});

const account = createRoute({
  getParentRoute: () => tenant,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/account/AccountPage'), 'AccountPage'),
});

const certificates = createRoute({
  getParentRoute: () => tenant,
  path: '/certificates',
  component: lazyRouteComponent(() => import('../features/certificates/AuthorityPage'), 'AuthorityPage'),
});

const changes = createRoute({
  getParentRoute: () => tenant,
  path: '/changes',
  component: lazyRouteComponent(() => import('../features/changes/ChangesPage'), 'ChangesPage'),
});

const settings = createRoute({
  getParentRoute: () => tenant,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/admin/SettingsPage'), 'SettingsPage'),
});

const welcome = createRoute({
  getParentRoute: () => tenant,
  path: '/welcome',
  validateSearch: (search: Record<string, unknown>): { site?: string; charger?: string } => ({ site: text(search.site), charger: text(search.charger) }),
  component: lazyRouteComponent(() => import('../features/welcome/WelcomePage'), 'WelcomePage'),
});

const help = createRoute({
  getParentRoute: () => tenant,
  path: '/help/$manual',
  component: lazyRouteComponent(() => import('../features/help/HelpPage'), 'HelpPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    tenant.addChildren([
      overview, site, energy, supply, charger, connector, keys, profiles, maintenance, proxy, sessions, session, trends, reservations, ocppConsole, batches, batch, frames, events, alarms, authorization, tags, vehicles, profileTemplates,
      operatingModes, commissioning, compatibility, firmware, users, roles, identityProviders, apiKeys, tenants, system, account, certificates, changes, settings, audit, welcome, help,
    ]),
  ]),
  defaultErrorComponent: ({ error, reset }) => <Failure fault={error} retry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
