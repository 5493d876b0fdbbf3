import { queryOptions } from '@tanstack/react-query';
import { api, data } from './client';
import { all, page } from './queries';

export const users = queryOptions({
  queryKey: ['users'],
  queryFn: () => all(cursor => data(api.GET('/api/v1/users', { params: { query: { limit: page, cursor } } }))),
});

export const roles = queryOptions({
  queryKey: ['roles'],
  queryFn: async () => (await data(api.GET('/api/v1/roles'))).items,
});

export const identityProviders = queryOptions({
  queryKey: ['identity-providers'],
  queryFn: async () => (await data(api.GET('/api/v1/identity-providers'))).items,
});

/** By whom the people of a tenant may sign in, as is told to everybody. */
export const signInProviders = (tenant: string) =>
  queryOptions({
    queryKey: ['sign-in-providers', tenant],
    queryFn: async () => (await data(api.GET('/api/v1/auth/providers', { params: { query: { tenant } } }))).items,
    staleTime: 60_000,
    retry: false,
  });
