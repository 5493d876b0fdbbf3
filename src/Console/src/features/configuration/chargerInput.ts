import type { Schemas } from '../../api/client';
import type { Changes } from '../changes/changes';

/** All that is configured of a charger, as a put takes it: what a form does not show stays as it is. */
export function inputOf(charger: Schemas['ChargerView']): Schemas['ChargerInput'] {
  const {
    site, frameLog, ping, timeZone, localList, clearCache, operatingMode, sharing, maxCurrent, maxPower, phases, rotation, current, priority, launchEnergy, deadBand, hysteresis,
    increaseIntervalSeconds, holdMinimum,
  } = charger;
  return {
    site, frameLog, ping, timeZone, localList, clearCache, operatingMode, sharing, maxCurrent, maxPower, phases, rotation, current, priority, launchEnergy, deadBand, hysteresis,
    increaseIntervalSeconds, holdMinimum, connectors: charger.connectors.map(parametersOfConnector),
  };
}

/** The charger with what was collected of it, so that one change does not undo the one before. */
export function collected(charger: Schemas['ChargerView'], changes: Changes): Schemas['ChargerView'] {
  const wanted = changes.chargers[charger.charger];
  if (!wanted) return charger;
  const connectors = Array.isArray(wanted.connectors) ? (wanted.connectors as Schemas['ConnectorView'][]) : charger.connectors;
  return { ...charger, ...wanted, connectors } as Schemas['ChargerView'];
}

/** So many connectors; those that were there keep their parameters. What is no such number goes as it is, and the API says so. */
export function connectorsOf(charger: Schemas['ChargerView'], count: number | null): Schemas['ConnectorList'] {
  if (!Number.isInteger(count) || count! < 1 || count! > 100) return count as never;
  const known = charger.connectors.slice(0, count!).map(parametersOfConnector);
  return [...known, ...Array.from({ length: count! - known.length }, (_, at) => ({ connector: known.length + at + 1 }))] as Schemas['ConnectorInput'][];
}

function parametersOfConnector({ status, errorCode, info, vendorId, vendorErrorCode, statusAt, ...parameters }: Schemas['ConnectorView']): Schemas['ConnectorInput'] {
  return parameters;
}
