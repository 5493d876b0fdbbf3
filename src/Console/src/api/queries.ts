import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ApiError, data, versioned, type Schemas } from './client';

/** Most that a list gives at once; larger fleets are walked page by page. */
export const page = 1000;
const mostPages = 20;

export async function all<T>(read: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const { items: some, next } = await read(cursor);
    items.push(...some);
    if (!next) break;
    cursor = next;
  }
  return items;
}

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    try {
      return await data(api.GET('/api/v1/me'));
    } catch (fault) {
      if (fault instanceof ApiError && fault.status === 401) return null;
      throw fault;
    }
  },
  staleTime: 60_000,
  retry: false,
});

export const preferences = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => data(api.GET('/api/v1/me/preferences')),
  staleTime: Infinity,
});

export const sites = queryOptions({
  queryKey: ['sites'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/sites', { params: { query: { limit: page, cursor } } }))),
  staleTime: 30_000,
});

export const site = (name: string) =>
  queryOptions({
    queryKey: ['sites', name],
    queryFn: () => versioned(api.GET('/api/v1/sites/{site}', { params: { path: { site: name } } })),
    staleTime: 30_000,
  });

/** Null where the site gives no limits. */
export const allocation = (name: string, enabled: boolean) =>
  queryOptions({
    queryKey: ['allocation', name],
    enabled,
    refetchInterval: 3_000,
    queryFn: async () => {
      try {
        return await data(api.GET('/api/v1/sites/{site}/allocation', { params: { path: { site: name } } }));
      } catch (fault) {
        if (fault instanceof ApiError && fault.code === 'not-limited') return null;
        throw fault;
      }
    },
  });

/** What each connector would have with another limit in the place of all others. */
export const dryRun = (name: string, limit: number) =>
  queryOptions({
    queryKey: ['allocation', name, 'dry-run', limit],
    queryFn: () => data(api.GET('/api/v1/sites/{site}/allocation/dry-run', { params: { path: { site: name }, query: { limit } } })),
    placeholderData: keepPreviousData,
  });

export const chargers = queryOptions({
  queryKey: ['chargers'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/chargers', { params: { query: { limit: page, cursor } } }))),
  staleTime: 30_000,
});

export const charger = (name: string) =>
  queryOptions({
    queryKey: ['chargers', name],
    queryFn: () => versioned(api.GET('/api/v1/chargers/{charger}', { params: { path: { charger: name } } })),
    refetchInterval: 10_000,
  });

export const commands = (name: string) =>
  queryOptions({
    queryKey: ['commands', name],
    queryFn: () => data(api.GET('/api/v1/commands', { params: { query: { charger: name, limit: 20 } } })),
    refetchInterval: 2_000,
  });

/** Which sessions are looked for, as the API takes it; times in UTC. */
export interface SessionFilter {
  site?: string;
  charger?: string;
  connector?: number;
  idTag?: string;
  vehicle?: string;
  from?: string;
  to?: string;
  active?: boolean;
}

export const sessions = (filter: SessionFilter, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['sessions', filter, cursor ?? ''],
    queryFn: ({ signal }) =>
      data(api.GET('/api/v1/transactions', { params: { query: { ...filter, limit: 100, cursor } }, signal })),
    refetchInterval: cursor ? false : 10_000,
    placeholderData: keepPreviousData,
  });

export const session = (id: number) =>
  queryOptions({
    queryKey: ['session', id],
    queryFn: () => data(api.GET('/api/v1/transactions/{id}', { params: { path: { id } } })),
    refetchInterval: query => (query.state.data?.active === false ? false : 5_000),
  });

export const samples = (id: number, active: boolean) =>
  queryOptions({
    queryKey: ['samples', id],
    queryFn: () =>
      all(cursor => data(api.GET('/api/v1/transactions/{id}/meter-values', { params: { path: { id }, query: { limit: page, cursor } } }))),
    refetchInterval: active ? 10_000 : false,
  });

export const operations = queryOptions({
  queryKey: ['operations'],
  queryFn: () => data(api.GET('/api/v1/ocpp/{version}/operations', { params: { path: { version: 'ocpp1.6' } } })),
  staleTime: Infinity,
});

export const frames = ({ charger, ...filter }: { charger?: string; action?: string; direction?: 'in' | 'out'; from?: string; to?: string; cursor?: string }) =>
  queryOptions({
    queryKey: ['frames', charger ?? '', filter],
    refetchInterval: filter.cursor ? false : 3_000,
    queryFn: () => data(api.GET('/api/v1/frames', { params: { query: { charger: charger!, ...filter, limit: 100 } } })),
  });

/** The message of the same operation, kind and direction before another; null for none. */
export const frameBefore = (charger: string, frame: Schemas['FrameView']) =>
  queryOptions({
    queryKey: ['frames', charger, 'before', frame.connection, frame.number],
    queryFn: async () => {
      const query = { charger, action: frame.action, kind: frame.kind, direction: frame.direction, to: frame.at, limit: 1 };
      return (await data(api.GET('/api/v1/frames', { params: { query } }))).items[0] ?? null;
    },
  });

export const events = (filter: { charger?: string; cursor?: string }) =>
  queryOptions({
    queryKey: ['events', filter],
    queryFn: () => data(api.GET('/api/v1/events', { params: { query: { ...filter, limit: 100 } } })),
    refetchInterval: filter.cursor ? false : 5_000,
    placeholderData: keepPreviousData,
  });

export const audit = (filter: { author?: string; cursor?: string }) =>
  queryOptions({
    queryKey: ['audit', filter],
    queryFn: () => data(api.GET('/api/v1/audit', { params: { query: { ...filter, limit: 100 } } })),
    placeholderData: keepPreviousData,
  });

export const apiKeys = queryOptions({
  queryKey: ['api-keys'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/api-keys', { params: { query: { limit: page, cursor } } }))),
});

export const tenants = queryOptions({
  queryKey: ['tenants'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/tenants', { params: { query: { limit: page, cursor } } }))),
});

export const tags = queryOptions({
  queryKey: ['tags'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/tags', { params: { query: { limit: page, cursor } } }))),
});

export const vehicles = queryOptions({
  queryKey: ['vehicles'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/vehicles', { params: { query: { limit: page, cursor } } }))),
});

export const reservationStatuses = ['requested', 'accepted', 'refused', 'failed', 'used', 'cancelled', 'expired', 'lost'] as const;

/** Which reservations are looked for. */
export interface ReservationFilter {
  charger?: string | undefined;
  idTag?: string | undefined;
  status?: (typeof reservationStatuses)[number] | undefined;
}

export const reservations = (filter: ReservationFilter, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['reservations', filter, cursor ?? ''],
    queryFn: () => data(api.GET('/api/v1/reservations', { params: { query: { ...filter, limit: 100, cursor } } })),
    refetchInterval: cursor ? false : 3_000,
    placeholderData: keepPreviousData,
  });

export const configurationKeys = (charger: string) =>
  queryOptions({
    queryKey: ['chargers', charger, 'keys'],
    queryFn: async () => (await data(api.GET('/api/v1/chargers/{charger}/configuration', { params: { path: { charger } } }))).items,
    refetchInterval: 3_000,
  });

export const localList = (charger: string) =>
  queryOptions({
    queryKey: ['chargers', charger, 'local-list'],
    queryFn: () => data(api.GET('/api/v1/chargers/{charger}/local-list', { params: { path: { charger } } })),
    refetchInterval: 5_000,
  });

export const installedProfiles = (charger: string) =>
  queryOptions({
    queryKey: ['chargers', charger, 'profiles'],
    queryFn: async () => (await data(api.GET('/api/v1/chargers/{charger}/profiles', { params: { path: { charger } } }))).items,
    refetchInterval: 3_000,
  });

/** The templates of the tenant, or those that hold at a site. */
export const profileTemplates = (site?: string) =>
  queryOptions({
    queryKey: ['profile-templates', site ?? ''],
    queryFn: () => all(async cursor => (site === undefined
      ? await data(api.GET('/api/v1/profile-templates', { params: { query: { limit: page, cursor } } }))
      : await data(api.GET('/api/v1/sites/{site}/profile-templates', { params: { path: { site }, query: { limit: page, cursor } } })))),
  });

/** Views of a page that the user kept, and those that others kept for all. */
export const savedViews = (page: string) =>
  queryOptions({
    queryKey: ['saved-views', page],
    queryFn: async () => (await data(api.GET('/api/v1/saved-views', { params: { query: { page } } }))).items,
  });

/** The modes of the tenant, or those that hold at a site. */
export const operatingModes = (site?: string) =>
  queryOptions({
    queryKey: ['operating-modes', site ?? ''],
    queryFn: async () => (site === undefined
      ? await data(api.GET('/api/v1/operating-modes'))
      : await data(api.GET('/api/v1/sites/{site}/operating-modes', { params: { path: { site } } }))).items,
  });

/** The tests of a charger, newest first; looked at often while one runs. */
export const commissioning = (charger: string) =>
  queryOptions({
    queryKey: ['commissioning', charger],
    queryFn: async () => (await data(api.GET('/api/v1/commissioning', { params: { query: { charger, limit: 20 } } }))).items,
    refetchInterval: found => (found.state.data?.[0]?.status === 'running' ? 1_000 : 10_000),
  });

export const compatibility = queryOptions({
  queryKey: ['compatibility'],
  queryFn: async () => (await data(api.GET('/api/v1/compatibility'))).items,
});

export const firmware = queryOptions({
  queryKey: ['firmware'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/firmware', { params: { query: { limit: page, cursor } } }))),
});

export const files = (charger: string) =>
  queryOptions({
    queryKey: ['files', charger],
    queryFn: () => data(api.GET('/api/v1/files', { params: { query: { charger, limit: 100 } } })),
    refetchInterval: 5_000,
  });

export const connector = (charger: string, number: number) =>
  queryOptions({
    queryKey: ['chargers', charger, 'connectors', number],
    queryFn: () => data(api.GET('/api/v1/chargers/{charger}/connectors/{connector}', { params: { path: { charger, connector: number } } })),
    refetchInterval: 5_000,
  });

/** What the site allowed a connector, in the order of time. */
export const limitsGiven = (site: string, filter: { charger: string; connector: number; from: string; to?: string | undefined }, active: boolean) =>
  queryOptions({
    queryKey: ['limits', site, filter],
    queryFn: () => all(cursor => data(api.GET('/api/v1/sites/{site}/allocation/limits', { params: { path: { site }, query: { ...filter, limit: page, cursor } } }))),
    refetchInterval: active ? 10_000 : false,
  });

export const authorizationRequests = queryOptions({
  queryKey: ['authorization-requests'],
  queryFn: () => data(api.GET('/api/v1/authorization-requests', { params: { query: { limit: 100 } } })),
  refetchInterval: 1_000, // an operator has some seconds for an answer
});

export const siteAuthorization = (site: string) =>
  queryOptions({
    queryKey: ['sites', site, 'authorization'],
    queryFn: () => data(api.GET('/api/v1/sites/{site}/authorization', { params: { path: { site } } })),
    refetchInterval: 5_000,
  });

export const batches = queryOptions({
  queryKey: ['batches'],
  queryFn: () => data(api.GET('/api/v1/batches', { params: { query: { limit: 100 } } })),
  refetchInterval: 3_000,
});

/** The whole configuration of the fleet, for what changes many things at once. */
export const configuration = queryOptions({
  queryKey: ['configuration'],
  queryFn: () => versioned(api.GET('/api/v1/configuration')),
  staleTime: 0,
});

export const system = queryOptions({
  queryKey: ['system'],
  queryFn: () => data(api.GET('/api/v1/system')),
  refetchInterval: 5_000,
});

export const ownSessions = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: () => data(api.GET('/api/v1/me/sessions')),
});

export const secondFactor = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => data(api.GET('/api/v1/me/second-factor')),
});

/** Null while the tenant has none. */
export const certificateAuthority = queryOptions({
  queryKey: ['certificate-authority'],
  queryFn: async () => {
    try {
      return await versioned(api.GET('/api/v1/certificate-authority'));
    } catch (fault) {
      if (fault instanceof ApiError && fault.status === 404) return null;
      throw fault;
    }
  },
});

export const endingCertificates = (days: number) =>
  queryOptions({ queryKey: ['certificates', days], queryFn: () => data(api.GET('/api/v1/certificates', { params: { query: { days } } })) });

/** Looked at again and again, since links come and go by themselves. */
export const proxyLinks = (charger: string) =>
  queryOptions({
    queryKey: ['proxy-links', charger], refetchInterval: 5_000,
    queryFn: () => data(api.GET('/api/v1/chargers/{charger}/proxy-links', { params: { path: { charger } } })),
  });

export const certificatesOf = (charger: string) =>
  queryOptions({ queryKey: ['certificates', charger], queryFn: () => data(api.GET('/api/v1/chargers/{charger}/certificates', { params: { path: { charger } } })) });

export const settings = queryOptions({
  queryKey: ['settings'],
  queryFn: () => versioned(api.GET('/api/v1/settings')),
});

/** @param range How far back, in s, from `until`, or from now while that is left out. */
export const series = (tags: string[], range: number, until: string | undefined) =>
  queryOptions({
    queryKey: ['series', tags, range, until ?? ''],
    enabled: tags.length > 0,
    queryFn: ({ signal }) => {
      const to = until === undefined ? Date.now() : Date.parse(until);
      const query = { tag: tags, from: new Date(to - range * 1000).toISOString(), to: new Date(to).toISOString(), points: 1_500 };
      return data(api.GET('/api/v1/series', { params: { query }, signal }));
    },
    refetchInterval: until === undefined ? 10_000 : false,
    placeholderData: keepPreviousData,
  });
