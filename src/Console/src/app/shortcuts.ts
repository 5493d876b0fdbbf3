import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';

const soon = 1_500; // ms in which the second key of two has to come

const pagesOfKeys = {
  o: '/t/$tenant/overview', s: '/t/$tenant/sessions', t: '/t/$tenant/trends', r: '/t/$tenant/reservations', c: '/t/$tenant/console', e: '/t/$tenant/events',
} as const;

/** Where the manuals describe the page at an address. */
export function helpOf(path: string): { manual: 'operator' | 'administrator'; hash: string } {
  const page = path.split('/').slice(3).join('/'); // behind /t/{tenant}/
  const found = helps.find(([pattern]) => pattern.test(page));
  return { manual: found?.[1] ?? 'operator', hash: found?.[2] ?? 'page' };
}

const helps: [RegExp, 'operator' | 'administrator', string][] = [
  [/^(chargers\/[^/]+\/commissioning|compatibility)/, 'operator', 'commissioning'],
  [/^chargers\/[^/]+\/(configuration|maintenance)/, 'administrator', 'keys'],
  [/^chargers\/[^/]+\/proxy/, 'administrator', 'proxy'],
  [/^chargers\/[^/]+\/profiles/, 'operator', 'profiles'],
  [/^chargers/, 'operator', 'commands'],
  [/^sites\/[^/]+\/energy/, 'operator', 'energy'],
  [/^sites\/[^/]+\/supply/, 'administrator', 'supply'],
  [/^changes/, 'administrator', 'changes'],
  [/^(overview|sites)/, 'operator', 'sites'],
  [/^(console|frames|batches)/, 'operator', 'console'],
  [/^alarms/, 'operator', 'alarms'],
  [/^sessions/, 'operator', 'sessions'],
  [/^trends/, 'operator', 'trends'],
  [/^reservations/, 'operator', 'reservations'],
  [/^authorization/, 'operator', 'authorization'],
  [/^(tags|vehicles)/, 'operator', 'tags'],
  [/^(profile-templates|operating-modes|firmware)/, 'administrator', 'keys'],
  [/^(users|roles|identity-providers|api-keys|audit|events)/, 'administrator', 'people'],
  [/^account/, 'operator', 'account'],
  [/^(certificates|settings|tenants|system)/, 'administrator', 'settings'],
];

/** The manual at the page in use. */
export function useHelp(): () => void {
  const navigate = useNavigate();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const { pathname } = useLocation();
  return () => {
    const { manual, hash } = helpOf(pathname);
    void navigate({ to: '/t/$tenant/help/$manual', params: { tenant, manual }, hash });
  };
}

/** Keys for those who do not reach for the pointer: none of them works while somebody types (WCAG 2.1.4). */
export function useShortcuts(help: () => void): void {
  const navigate = useNavigate();
  const { tenant } = useParams({ from: '/t/$tenant' });
  useEffect(() => {
    let began = 0;
    const press = (pressed: KeyboardEvent) => {
      if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || isTyping(pressed.target)) return;
      const to = pagesOfKeys[pressed.key as keyof typeof pagesOfKeys];
      if (pressed.key === '?') help();
      else if (pressed.key === 'g') began = pressed.timeStamp;
      else if (to && began > 0 && pressed.timeStamp - began < soon) void navigate({ to, params: { tenant } });
      if (pressed.key !== 'g') began = 0;
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [help, navigate, tenant]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role=dialog]') !== null);
