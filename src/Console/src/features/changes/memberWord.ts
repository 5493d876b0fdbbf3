import type { TFunction } from 'i18next';

const places = ['parameter', 'energy', 'configure', 'charger', 'changes.member', 'settings.name'] as const;

/** What people call a member of a configured thing: `connectors[0].maxCurrent` is the most current of connector 1. */
export function memberWord(t: TFunction, path: string): string {
  const connector = /^connectors\[(\d+)\]\.?(.*)$/.exec(path);
  if (connector) {
    const [, place, member] = connector;
    const of = t('charger.connector', { number: Number(place) + 1 });
    return member === '' || member === 'connector' ? of : `${of}, ${memberWord(t, member!)}`;
  }
  if (path === 'smartCharging.enabled') return t('configure.shares');
  const name = path.replace(/^smartCharging\./, '');
  for (const place of places) {
    const word = t(`${place}.${name}`, { defaultValue: '' });
    if (typeof word === 'string' && word !== '') return word;
  }
  return name;
}
