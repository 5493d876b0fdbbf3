import type { Cells } from './board';
import { stateOf, states, type State } from '../symbols/state';

/** A connector as the live stream has it; null is what is not known. */
export interface ConnectorNow {
  online: boolean;
  state: State;
  errorCode: string;
  statusAt: number | null;
  transaction: number | null;
  powerW: number | null;
  energyWh: number | null;
  soc: number | null;
  share: string | null;
  limitA: number | null;
  measuredA: number | null;
}

const number = (cell: string | number | null | undefined): number | null => (typeof cell === 'number' ? cell : null);
const text = (cell: string | number | null | undefined): string | null => (typeof cell === 'string' ? cell : null);

/** The state of a connector alone, where ten thousand are looked at in a second. */
export const stateOfCells = (cells: Cells): State => stateOf(cells[0] === 1, text(cells[1]));

export function connectorOf(cells: Cells): ConnectorNow {
  const online = cells[0] === 1;
  return {
    online,
    state: stateOfCells(cells),
    errorCode: text(cells[2]) ?? 'NoError',
    statusAt: number(cells[3]),
    transaction: number(cells[4]),
    powerW: number(cells[5]),
    energyWh: number(cells[6]),
    soc: number(cells[7]),
    share: text(cells[8]),
    limitA: number(cells[9]),
    measuredA: number(cells[10]),
  };
}

/** A site as the live stream has it. */
export interface SiteNow {
  chargers: number;
  online: number;
  sessions: number;
  powerW: number;
  connectors: Record<State, number>;
}

export function siteOf(cells: Cells): SiteNow {
  const at = (index: number): number => number(cells[index]) ?? 0;
  return {
    chargers: at(0),
    online: at(1),
    sessions: at(2),
    powerW: at(3),
    connectors: Object.fromEntries(states.map((state, index) => [state, at(4 + index)])) as Record<State, number>,
  };
}

export function sumOf(sites: readonly SiteNow[]): SiteNow {
  const sum = siteOf([]);
  for (const site of sites) {
    sum.chargers += site.chargers;
    sum.online += site.online;
    sum.sessions += site.sessions;
    sum.powerW += site.powerW;
    for (const state of states) sum.connectors[state] += site.connectors[state];
  }
  return sum;
}
