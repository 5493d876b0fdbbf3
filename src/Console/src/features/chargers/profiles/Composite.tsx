import { Button, Group, NativeSelect, Paper, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../../../api/client';
import { Failure } from '../../../ui/Failure';
import { numberOf } from '../../configuration/FormParts';
import { compositeOf } from './schedule';
import { Steps } from './Steps';

/** Asks the charger what all its profiles come to, and lays that over the one that was sent last for the connector. */
export function Composite({ charger, installed }: { charger: string; installed: Schemas['InstalledProfileView'][] }) {
  const { t } = useTranslation();
  const [connector, setConnector] = useState('1');
  const [minutes, setMinutes] = useState('60');
  const [unit, setUnit] = useState('A');
  const asked = useMutation({
    mutationFn: () =>
      data(api.POST('/api/v1/chargers/{charger}/calls/{action}', {
        params: { path: { charger, action: 'GetCompositeSchedule' } },
        body: { connectorId: numberOf(connector), duration: (numberOf(minutes) ?? 0) * 60, chargingRateUnit: unit } as never,
      })) as Promise<Schemas['CallAnswer']>,
  });
  const answer = asked.data;
  const composite = answer && compositeOf(answer.result);
  const sent = installed.find(one => one.connector === Number(connector) && one.desired?.schedule.unit === composite?.unit)?.desired;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="composite">
      <Title order={2} size="h5" id="composite" mb="xs">{t('profile.composite')}</Title>
      <Group align="end" gap="xs">
        <TextInput size="xs" name="connector" label={t('session.connector')} inputMode="numeric" value={connector} onChange={changed => setConnector(changed.currentTarget.value)} />
        <TextInput size="xs" name="minutes" label={t('profile.minutes')} inputMode="numeric" value={minutes} onChange={changed => setMinutes(changed.currentTarget.value)} />
        <NativeSelect size="xs" label={t('profile.unit')} value={unit} data={['A', 'W']} onChange={changed => setUnit(changed.currentTarget.value)} />
        <Button size="xs" variant="default" loading={asked.isPending} onClick={() => asked.mutate()}>{t('keys.ask')}</Button>
      </Group>
      {asked.isError && <Failure fault={asked.error} />}
      {answer && !composite && <p role="status">{answer.errorCode ?? JSON.stringify(answer.result)}</p>}
      {composite && (
        <Steps
          unit={composite.unit} until={composite.duration}
          lines={[{ label: t('profile.composite'), periods: composite.periods }, ...(sent ? [{ label: t('profile.desired'), periods: sent.schedule.periods }] : [])]} />
      )}
    </Paper>
  );
}
