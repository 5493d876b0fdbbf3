import { numberOf, textOf } from '../configuration/FormParts';

/** The supply of a site as it is in the API. */
export interface Tree {
  voltage?: number | null;
  margin?: number | null;
  nodes?: { name: string; parent?: string | null; maxCurrent?: number | null; maxPower?: number | null; chargers?: string[] | null }[] | null;
  schedule?: { day: string; from: string; limit?: number | null }[] | null;
  baseLoad?: { worstCase: number; usesGeneration?: boolean | null; countsVehicles?: boolean | null; windowSeconds?: number | null; staleSeconds?: number | null } | null;
}

export const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** The same as it is typed. The key of an entry keeps its fields when others go. */
export interface Draft {
  voltage: string;
  margin: string;
  nodes: NodeDraft[];
  schedule: { key: number; day: string; from: string; limit: string }[];
  baseLoad: { worstCase: string; usesGeneration: boolean; countsVehicles: boolean; windowSeconds: string; staleSeconds: string };
}

export interface NodeDraft {
  key: number;
  name: string;
  parent: string;
  maxCurrent: string;
  maxPower: string;
  chargers: string;
}

let keys = 0;
export const newKey = (): number => ++keys;

export const draftOf = (tree: Tree | null | undefined): Draft => ({
  voltage: textOf(tree?.voltage),
  margin: textOf(tree?.margin),
  nodes: (tree?.nodes ?? []).map(node => ({
    key: newKey(), name: node.name, parent: node.parent ?? '', maxCurrent: textOf(node.maxCurrent), maxPower: textOf(node.maxPower), chargers: (node.chargers ?? []).join(', '),
  })),
  schedule: (tree?.schedule ?? []).map(entry => ({ key: newKey(), day: entry.day, from: entry.from.slice(0, 5), limit: textOf(entry.limit) })),
  baseLoad: {
    worstCase: textOf(tree?.baseLoad?.worstCase), usesGeneration: tree?.baseLoad?.usesGeneration === true, countsVehicles: tree?.baseLoad?.countsVehicles === true,
    windowSeconds: textOf(tree?.baseLoad?.windowSeconds), staleSeconds: textOf(tree?.baseLoad?.staleSeconds),
  },
});

/** What is typed, with members that are left empty left out; null where there is nothing at all. */
export function treeOf(draft: Draft): Tree | null {
  const tree = kept({
    voltage: numberOf(draft.voltage),
    margin: numberOf(draft.margin),
    nodes: draft.nodes.length === 0 ? null : draft.nodes.map(node => ({
      name: node.name.trim(),
      ...kept({ parent: node.parent || null, maxCurrent: numberOf(node.maxCurrent), maxPower: numberOf(node.maxPower), chargers: listOf(node.chargers) }),
    })),
    schedule: draft.schedule.length === 0 ? null : draft.schedule.map(entry => ({ day: entry.day, from: `${entry.from}:00`, limit: numberOf(entry.limit) })),
    baseLoad: draft.baseLoad.worstCase === '' ? null : {
      worstCase: numberOf(draft.baseLoad.worstCase)!,
      ...kept({
        usesGeneration: draft.baseLoad.usesGeneration || null, countsVehicles: draft.baseLoad.countsVehicles || null,
        windowSeconds: numberOf(draft.baseLoad.windowSeconds), staleSeconds: numberOf(draft.baseLoad.staleSeconds),
      }),
    },
  });
  return Object.keys(tree).length === 0 ? null : tree;
}

/** How deep each node hangs, 0 below the site; one that hangs on a circle or on nothing is at 0. */
export function depthOf(name: string, nodes: NodeDraft[]): number {
  const above = new Set<string>();
  let node = nodes.find(one => one.name === name);
  while (node && node.parent !== '') {
    if (above.has(node.name)) return 0;
    above.add(node.name);
    const parent = node.parent;
    node = nodes.find(one => one.name === parent);
  }
  return above.size;
}

/** Chargers that no node names. */
export const unplaced = (nodes: NodeDraft[], chargers: string[]): string[] => {
  const placed = new Set(nodes.flatMap(node => listOf(node.chargers) ?? []));
  return chargers.filter(charger => !placed.has(charger));
};

const listOf = (text: string): string[] | null => {
  const names = text.split(/[\s,;]+/).filter(name => name !== '');
  return names.length === 0 ? null : names;
};

const kept = <T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as never;
