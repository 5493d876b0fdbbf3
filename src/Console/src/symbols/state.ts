/** What a connector is shown as. The order is that in which the server counts. */
export const states = [
  'Available', 'Preparing', 'Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing', 'Reserved', 'Unavailable', 'Faulted', 'Unknown', 'Offline',
] as const;

export type State = (typeof states)[number];

/** The worst first: what a charger or a site is shown as is the worst of its connectors. */
export const worstFirst: readonly State[] = [
  'Offline', 'Faulted', 'Unavailable', 'SuspendedEVSE', 'SuspendedEV', 'Charging', 'Finishing', 'Preparing', 'Reserved', 'Available', 'Unknown',
];

/** Of a charger that is not connected the last status says nothing of now. */
export function stateOf(online: boolean, status: string | null): State {
  if (!online) return 'Offline';
  return states.find(state => state === status && state !== 'Offline') ?? 'Unknown';
}

export function worstOf(some: Iterable<State>): State {
  const there = new Set(some);
  return worstFirst.find(state => there.has(state)) ?? 'Unknown';
}
