import type { Schemas } from '../../api/client';
import { numberOf } from '../configuration/FormParts';

type Charger = Schemas['ChargerInput'];

const texts = ['site', 'rotation', 'current', 'sharing', 'operatingMode', 'frameLog', 'timeZone', 'localList'] as const;
const numbers = ['securityProfile', 'maxCurrent', 'maxPower', 'phases', 'priority', 'launchEnergy', 'deadBand', 'hysteresis', 'increaseIntervalSeconds'] as const;
const answers = ['holdMinimum', 'ping', 'clearCache'] as const;

/** The columns that a table of chargers may have. */
export const columns: readonly string[] = ['charger', ...texts, 'connectors', ...numbers, ...answers];

/** A row that cannot be taken, by its number in the file, and why: a word of `changes.table`. */
export interface BadRow {
  row: number;
  why: 'column' | 'noCharger' | 'twice' | 'connectors' | 'yesOrNo';
  what: string;
}

/**
 * Chargers of a table with a head: rows of known ones change what they say, rows of others make new ones. An empty cell says nothing.
 * @param rows As they were parsed, the head first.
 */
export function chargersOf(rows: string[][], known: Charger[]): { chargers: Record<string, Charger>; bad: BadRow[] } {
  const [head = [], ...lines] = rows;
  const names = head.map(cell => cell.trim());
  const bad: BadRow[] = names.filter(name => !columns.includes(name)).map(what => ({ row: 1, why: 'column', what }));
  const standing = new Map(known.map(charger => [charger.charger!, charger]));
  const chargers: Record<string, Charger> = {};
  lines.forEach((line, at) => {
    const row = at + 2;
    const cells = Object.fromEntries(names.map((name, place) => [name, line[place]?.trim() ?? '']));
    const name = cells.charger;
    if (!name) return void bad.push({ row, why: 'noCharger', what: '' });
    if (name in chargers) return void bad.push({ row, why: 'twice', what: name });
    const before = standing.get(name);
    chargers[name] = { ...before, ...members(cells, before, (why, what) => bad.push({ row, why, what })) };
  });
  return { chargers, bad };
}

function members(cells: Record<string, string>, before: Charger | undefined, refuse: (why: BadRow['why'], what: string) => void): Charger {
  const said = Object.entries(cells).filter(([, cell]) => cell !== '');
  const found: Record<string, unknown> = {};
  for (const [name, cell] of said) {
    if ((numbers as readonly string[]).includes(name)) found[name] = numberOf(cell);
    else if ((texts as readonly string[]).includes(name)) found[name] = cell;
    else if ((answers as readonly string[]).includes(name)) {
      if (cell !== 'true' && cell !== 'false') refuse('yesOrNo', name);
      found[name] = cell === 'true';
    } else if (name === 'connectors') {
      const count = Number(cell);
      if (!Number.isInteger(count) || count < 1 || count > 100) refuse('connectors', cell);
      else found[name] = connectors(count, before);
    }
  }
  return found as Charger;
}

/** So many of them; those that were there keep their parameters. */
function connectors(count: number, before: Charger | undefined): Schemas['ConnectorInput'][] {
  const known = Array.isArray(before?.connectors) ? (before.connectors as Schemas['ConnectorInput'][]) : [];
  return Array.from({ length: count }, (_, at) => known[at] ?? { connector: at + 1 });
}
