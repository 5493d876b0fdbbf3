import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { operatingModes } from '../../api/queries';
import { Field } from './FormParts';

type Mode = Schemas['ChargerView']['operatingMode'];

const purposes = ['TxProfile', 'TxDefaultProfile', 'ChargePointMaxProfile'];
const own = ' own'; // no mode has a space in its id

/** How a charger takes limits: by its model, by a purpose, by a mode of the library that holds at its site, or by members of its own, which stay as they are. */
export function ModeChoice({ site, standing, value, fault, change }: { site: string; standing: Mode; value: Mode; fault: unknown; change: (mode: Mode) => void }) {
  const { t } = useTranslation();
  const known = useQuery(operatingModes(site || undefined)).data ?? [];
  const ids = known.map(mode => mode.mode);
  const gone = typeof value === 'string' && !ids.includes(value) && !purposes.includes(value) ? [value] : [];
  return (
    <Field
      name="operatingMode" label={t('parameter.operatingMode')} value={typeof value === 'string' ? value : value ? own : ''} fault={fault}
      change={chosen => change(chosen === own ? standing : chosen || null)}
      choices={[
        { value: '', label: t('parameter.sharings.unset') },
        ...(isObject(standing) ? [{ value: own, label: t('mode.ofCharger') }] : []),
        ...known.map(mode => ({ value: mode.mode, label: mode.name })),
        ...[...purposes, ...gone].map(name => ({ value: name, label: name })),
      ]} />
  );
}

const isObject = (mode: Mode): boolean => mode !== null && typeof mode === 'object';
