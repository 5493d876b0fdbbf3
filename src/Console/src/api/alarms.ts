import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, data } from './client';

export const alarmStates = ['open', 'acknowledged', 'all'] as const;

/** Which alarms are looked for: those that are open where nothing else is said. */
export interface AlarmFilter {
  charger?: string | undefined;
  state?: (typeof alarmStates)[number] | undefined;
}

export const alarms = ({ charger, state = 'open' }: AlarmFilter, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['alarms', charger ?? '', state, cursor ?? ''],
    queryFn: () => data(api.GET('/api/v1/alarms', { params: { query: { charger, state: state === 'all' ? undefined : state, limit: 100, cursor } } })),
    refetchInterval: cursor ? false : 5_000,
    placeholderData: keepPreviousData,
  });

export const alarmCounts = queryOptions({
  queryKey: ['alarms', 'counts'],
  queryFn: () => data(api.GET('/api/v1/alarms/counts')),
  refetchInterval: 10_000,
});

export const alarmDefinitions = queryOptions({
  queryKey: ['alarm-definitions'],
  queryFn: () => data(api.GET('/api/v1/alarms/definitions')),
  staleTime: Infinity,
});

export const alarmSuppressions = queryOptions({
  queryKey: ['alarm-suppressions'],
  queryFn: () => data(api.GET('/api/v1/alarm-suppressions')),
  refetchInterval: 5_000,
});
