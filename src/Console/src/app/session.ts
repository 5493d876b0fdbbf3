import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, type Schemas } from '../api/client';
import { me, preferences } from '../api/queries';
import { languages, speak, type Language } from '../i18n';
import { live } from '../live/stream';

export type Caller = Schemas['CallerView'];

/** Who is signed in: undefined while that is not known, null for nobody. */
export function useCaller(): Caller | null | undefined {
  return useQuery(me).data;
}

/** Whether the caller holds a permission. The server decides all the same. */
export function useMay(permission: string): boolean {
  return useCaller()?.permissions.includes(permission) ?? false;
}

/** Whether the caller sees all sites of the tenant: what is about all of them is for nobody else. */
export function useSeesAll(): boolean {
  return useCaller()?.sites === null;
}

/** Ends the session; another user starts with nothing that this one saw. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.POST('/api/v1/auth/logout'),
    onSuccess: () => {
      live.reset();
      queries.removeQueries({ predicate: query => query.queryKey[0] !== me.queryKey[0] });
      queries.setQueryData(me.queryKey, null);
    },
  });
}

/** Shows the sign-in again when the server has ended the session. */
export function useSessionEnd(): void {
  const queries = useQueryClient();
  useEffect(() => {
    live.onSignedOut = () => void queries.invalidateQueries(me);
    return () => {
      live.onSignedOut = () => {};
    };
  }, [queries]);
}

/** What the user settled for every device, and how to settle it otherwise; undefined while it is not known. */
export function usePreferences(): [Schemas['PreferencesView'] | undefined, (changed: Partial<Schemas['PreferencesView']>) => void] {
  const queries = useQueryClient();
  const caller = useCaller();
  const kept = useQuery({ ...preferences, enabled: caller != null }).data;
  // Where it cannot be kept it holds on this machine all the same.
  const keep = useMutation({ mutationFn: (next: Schemas['PreferencesView']) => api.PUT('/api/v1/me/preferences', { body: next }) });
  return [kept, changed => {
    if (!kept) return;
    const next = { ...kept, ...changed };
    queries.setQueryData(preferences.queryKey, next);
    keep.mutate(next);
  }];
}

/** The user's language on every device: what was chosen elsewhere is spoken here, and what is chosen here is kept. */
export function useOwnLanguage(): (chosen: Language) => void {
  const [kept, keep] = usePreferences();
  useEffect(() => {
    const own = languages.find(language => language === kept?.language);
    if (own) speak(own);
  }, [kept?.language]);
  return chosen => {
    speak(chosen);
    keep({ language: chosen });
  };
}
