import { Button, Group, Paper, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Field, ifAt, numberOf, textOf } from '../configuration/FormParts';

const numbers = ['deadBand', 'hysteresis', 'launchEnergy', 'tickSeconds', 'increaseIntervalSeconds', 'minOnSeconds', 'minOffSeconds', 'slotSeconds', 'settleSeconds'] as const;
const inUnit: readonly string[] = ['deadBand', 'hysteresis', 'launchEnergy'];
const words = { priorityMode: ['strict', 'weighted'], trust: ['optimistic', 'strict'] } as const;

/** The rules by which a site shares. What is left empty is as it is without being set. */
export function SharingForm({ site, version: first }: { site: Schemas['SiteView']; version: string | null }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [version, setVersion] = useState(first);
  const [now, setNow] = useState(site.smartCharging ?? { enabled: false });
  const [texts, setTexts] = useState(() => Object.fromEntries(numbers.map(name => [name, textOf(site.smartCharging?.[name])])) as Record<(typeof numbers)[number], string>);
  const save = useMutation({
    mutationFn: () => {
      const rules = { ...now, ...Object.fromEntries(numbers.map(name => [name, numberOf(texts[name])])) };
      const { name, timeZone, energyUnit, limit, tree } = site;
      return versioned(api.PUT('/api/v1/sites/{site}', { params: { path: { site: site.site }, header: ifAt(version) }, body: { name, timeZone, energyUnit, limit, tree, smartCharging: rules } }));
    },
    onSuccess: written => {
      setVersion(written.version);
      return queries.invalidateQueries({ queryKey: ['sites'] });
    },
  });
  if (!useMay('fleet.write')) return null;
  const common = { fault: save.error };
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="rules">
      <Title order={2} size="h5" id="rules" mb="xs">{t('energy.rules')}</Title>
      <form
        className="filter"
        onSubmit={submitted => {
          submitted.preventDefault();
          save.mutate();
        }}>
        <Field {...common} name="smartCharging.enabled" label={t('configure.shares')} value={now.enabled ? 'yes' : 'no'} choices={['no', 'yes'].map(one => ({ value: one, label: t(`configure.${one}`) }))} change={chosen => setNow({ ...now, enabled: chosen === 'yes' })} />
        {(Object.keys(words) as (keyof typeof words)[]).map(name => (
          <Field
            key={name} {...common} name={`smartCharging.${name}`} label={t(`energy.${name}`)} value={now[name] ?? ''}
            choices={[{ value: '', label: t('energy.unset') }, ...words[name].map(one => ({ value: one, label: t(`energy.${name}s.${one}`) }))]} change={chosen => setNow({ ...now, [name]: chosen || null })} />
        ))}
        {numbers.map(name => (
          <Field
            key={name} {...common} name={`smartCharging.${name}`} kind="number" label={`${t(`energy.${name}`)}, ${inUnit.includes(name) ? site.energyUnit : 's'}`} value={texts[name]}
            change={text => setTexts({ ...texts, [name]: text })} />
        ))}
        <Group><Button size="xs" type="submit" loading={save.isPending}>{t('configure.save')}</Button></Group>
      </form>
      {save.isError && <Failure fault={save.error} />}
      {save.isSuccess && <p role="status">{t('settings.saved')}</p>}
    </Paper>
  );
}
