import { useParams } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import type { Schemas } from '../../api/client';
import { useCaller, useSeesAll } from '../../app/session';

/** What sites and chargers are to become, by their names; null deletes. */
export interface Changes {
  sites: Record<string, Schemas['SiteInput'] | null>;
  chargers: Record<string, Schemas['ChargerInput'] | null>;
}

export type Kind = keyof Changes;

const none: Changes = { sites: {}, chargers: {} };
const prefix = 'evcharge.changes/';
const watchers = new Set<() => void>();
let read: { text: string; changes: Changes } | null = null;

/**
 * Changes that were collected and not applied yet, of one user in one tenant. The browser keeps them, so that they outlive a reload;
 * passwords are never among them.
 */
export function useChanges() {
  const { tenant } = useParams({ from: '/t/$tenant' });
  const key = `${prefix}${tenant}/${useCaller()?.user ?? ''}`;
  const text = useSyncExternalStore(watch, () => localStorage.getItem(key) ?? '');
  const changes = parsed(text);
  const write = (next: Changes) => {
    if (countOf(next) === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(next));
    watchers.forEach(tell => tell());
  };
  return {
    changes,
    /** They are applied to all of the tenant. */
    mayCollect: useSeesAll(),
    count: countOf(changes),
    collect: <K extends Kind>(kind: K, things: Changes[K]) => write({ ...changes, [kind]: { ...changes[kind], ...withoutPasswords(things) } }),
    withdraw: (kind: Kind, name: string) => write({ ...changes, [kind]: Object.fromEntries(Object.entries(changes[kind]).filter(([one]) => one !== name)) }),
    clear: () => write(none),
  };
}

const countOf = (changes: Changes): number => Object.keys(changes.sites).length + Object.keys(changes.chargers).length;

function watch(tell: () => void): () => void {
  watchers.add(tell);
  window.addEventListener('storage', tell); // another window of the same user
  return () => {
    watchers.delete(tell);
    window.removeEventListener('storage', tell);
  };
}

function parsed(text: string): Changes {
  if (text === '') return none;
  if (read?.text !== text) {
    let changes = none;
    try {
      changes = { ...none, ...(JSON.parse(text) as Changes) };
    } catch {
      // Somebody else wrote there: what cannot be read is no change.
    }
    read = { text, changes };
  }
  return read.changes;
}

const withoutPasswords = <T extends object | null>(things: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, thing && 'password' in thing ? { ...thing, password: undefined } : thing]));
