import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { Shown } from '../ui/format';
import { knownZone } from '../ui/zones';
import { usePreferences } from './session';
import { Shell } from './Shell';

let ofDocument: string | null = null;

/**
 * The pages of a tenant. A document shows one tenant and no other: where the address comes to another, the page begins anew, so that
 * nothing that was read of the one is ever taken for something of the other.
 */
export function TenantPages() {
  const { tenant } = useParams({ from: '/t/$tenant' });
  ofDocument ??= tenant;
  const isOther = tenant !== ofDocument;
  useEffect(() => {
    if (isOther) location.reload();
  }, [isOther]);
  const [kept] = usePreferences();
  const wishes = useMemo(
    () => ({ timeZone: knownZone(kept?.timeZone), powerUnit: kept?.powerUnit === 'A' ? 'A' as const : undefined }), [kept?.timeZone, kept?.powerUnit]);
  return isOther ? null : <Shown value={wishes}><Shell><Outlet /></Shell></Shown>;
}
