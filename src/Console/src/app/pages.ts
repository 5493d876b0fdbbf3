import {
  IconAdjustments, IconBell, IconBookmark, IconBuilding, IconCar, IconChecklist, IconChartHistogram, IconChartLine, IconHistory, IconId, IconIdBadge2, IconKey, IconLayoutDashboard, IconListDetails, IconLogin, IconPackage,
  IconCertificate, IconPencilCheck, IconServer,
  IconSettings, IconShield, IconStack2, IconTemplate, IconTerminal2, IconTimelineEvent, IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useCaller, useSeesAll } from './session';

/** A page of the navigation. */
interface Page {
  to: `/t/$tenant/${string}` & (typeof addresses)[number];
  /** Its name among the words of `nav`. */
  word: string;
  icon: ComponentType<{ size: number }>;
  /** What the caller has to hold; nothing for pages that are everybody's. */
  permission?: string;
  /** It is about all of the tenant. */
  whole?: true;
  group: 'daily' | 'people' | 'administration';
}

const addresses = [
  '/t/$tenant/overview', '/t/$tenant/sessions', '/t/$tenant/reservations', '/t/$tenant/console', '/t/$tenant/frames', '/t/$tenant/events', '/t/$tenant/alarms', '/t/$tenant/tags',
  '/t/$tenant/vehicles', '/t/$tenant/users', '/t/$tenant/roles', '/t/$tenant/identity-providers', '/t/$tenant/api-keys', '/t/$tenant/tenants', '/t/$tenant/audit',
  '/t/$tenant/authorization', '/t/$tenant/certificates', '/t/$tenant/system', '/t/$tenant/changes', '/t/$tenant/trends', '/t/$tenant/batches', '/t/$tenant/profile-templates', '/t/$tenant/operating-modes', '/t/$tenant/compatibility', '/t/$tenant/firmware', '/t/$tenant/settings',
] as const;

const pages: readonly Page[] = [
  { to: '/t/$tenant/overview', word: 'overview', icon: IconLayoutDashboard, group: 'daily' },
  { to: '/t/$tenant/sessions', word: 'sessions', icon: IconChartHistogram, permission: 'transactions.read', group: 'daily' },
  { to: '/t/$tenant/trends', word: 'trends', icon: IconChartLine, permission: 'transactions.read', group: 'daily' },
  { to: '/t/$tenant/reservations', word: 'reservations', icon: IconBookmark, permission: 'transactions.read', group: 'daily' },
  { to: '/t/$tenant/console', word: 'console', icon: IconTerminal2, permission: 'calls.send', group: 'daily' },
  { to: '/t/$tenant/batches', word: 'batches', icon: IconStack2, permission: 'commands.read', whole: true, group: 'daily' },
  { to: '/t/$tenant/frames', word: 'frames', icon: IconListDetails, permission: 'frames.read', group: 'daily' },
  { to: '/t/$tenant/events', word: 'events', icon: IconTimelineEvent, permission: 'events.read', group: 'daily' },
  { to: '/t/$tenant/alarms', word: 'alarms', icon: IconBell, permission: 'alarms.read', group: 'daily' },
  { to: '/t/$tenant/authorization', word: 'authorization', icon: IconIdBadge2, permission: 'tags.authorize', group: 'people' },
  { to: '/t/$tenant/tags', word: 'tags', icon: IconId, permission: 'tags.read', group: 'people' },
  { to: '/t/$tenant/vehicles', word: 'vehicles', icon: IconCar, permission: 'tags.read', group: 'people' },
  { to: '/t/$tenant/changes', word: 'changes', icon: IconPencilCheck, permission: 'fleet.write', whole: true, group: 'administration' },
  { to: '/t/$tenant/profile-templates', word: 'profileTemplates', icon: IconTemplate, permission: 'fleet.write', group: 'administration' },
  { to: '/t/$tenant/operating-modes', word: 'operatingModes', icon: IconAdjustments, permission: 'fleet.write', group: 'administration' },
  { to: '/t/$tenant/compatibility', word: 'compatibility', icon: IconChecklist, permission: 'fleet.read', group: 'administration' },
  { to: '/t/$tenant/firmware', word: 'firmware', icon: IconPackage, permission: 'calls.send-any', whole: true, group: 'administration' },
  { to: '/t/$tenant/certificates', word: 'certificates', icon: IconCertificate, permission: 'settings.manage', group: 'administration' },
  { to: '/t/$tenant/users', word: 'users', icon: IconUsers, permission: 'users.manage', group: 'administration' },
  { to: '/t/$tenant/roles', word: 'roles', icon: IconShield, permission: 'users.manage', group: 'administration' },
  { to: '/t/$tenant/identity-providers', word: 'identityProviders', icon: IconLogin, permission: 'users.manage', group: 'administration' },
  { to: '/t/$tenant/api-keys', word: 'apiKeys', icon: IconKey, permission: 'api-keys.manage', group: 'administration' },
  { to: '/t/$tenant/tenants', word: 'tenants', icon: IconBuilding, permission: 'tenants.manage', group: 'administration' },
  { to: '/t/$tenant/system', word: 'system', icon: IconServer, permission: 'tenants.manage', group: 'administration' },
  { to: '/t/$tenant/settings', word: 'settings', icon: IconSettings, permission: 'settings.manage', group: 'administration' },
  { to: '/t/$tenant/audit', word: 'audit', icon: IconHistory, permission: 'audit.read', group: 'administration' },
];

/** The pages that the caller may open. */
export function usePages(): Page[] {
  const held = useCaller()?.permissions ?? [];
  const seesAll = useSeesAll();
  return pages.filter(page => (page.permission === undefined || held.includes(page.permission)) && (seesAll || !page.whole));
}
