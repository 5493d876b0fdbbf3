import type { Schemas } from '../../api/client';
import type { Changes } from './changes';

type Document = Schemas['ConfigurationDocument'];

/** The document as it is after the changes. What they say of things that are gone meanwhile makes those anew. */
export function merge(standing: Document, changes: Changes): Document {
  return {
    sites: merged(standing.sites ?? [], changes.sites, 'site'),
    chargers: merged(standing.chargers ?? [], changes.chargers, 'charger'),
  };
}

function merged<T extends object>(standing: T[], changes: Record<string, T | null>, key: keyof T): T[] {
  const names = new Set(standing.map(thing => thing[key] as string));
  const left = standing.flatMap(thing => {
    const name = thing[key] as string;
    const wanted = changes[name];
    return wanted === undefined ? [thing] : wanted === null ? [] : [{ ...wanted, [key]: name }];
  });
  const added = Object.entries(changes).filter(([name, wanted]) => wanted !== null && !names.has(name));
  return [...left, ...added.map(([name, wanted]) => ({ ...wanted!, [key]: name }))];
}
