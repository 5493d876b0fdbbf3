import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '../../api/client';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { Field, FormDialog, numberOf } from '../configuration/FormParts';

const members = ['priority', 'departure', 'energyWh'];

/** Says what a vehicle that charges needs, or takes it back: what its tag says holds again. */
export function SessionNeeds({ session }: { session: number }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const queries = useQueryClient();
  const path = { params: { path: { id: session } } };
  const told = () => queries.invalidateQueries({ queryKey: ['allocation'] });
  const takeBack = useMutation({ mutationFn: () => api.DELETE('/api/v1/transactions/{id}/needs', path), onSuccess: told });
  const say = useMutation({
    mutationFn: (needs: { priority: number | null; departure: string | null; energyWh: number | null }) => api.PUT('/api/v1/transactions/{id}/needs', { ...path, body: needs }),
    onSuccess: async () => {
      await told();
      close();
    },
  });
  if (!useMay('calls.send')) return null;
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => { say.reset(); takeBack.reset(); open(); }}>{t('needs.say')}</Button>
        <Button size="xs" variant="default" loading={takeBack.isPending} onClick={() => { say.reset(); takeBack.mutate(); }}>{t('needs.takeBack')}</Button>
        {(say.isSuccess || takeBack.isSuccess) && <span role="status">{t('settings.saved')}</span>}
      </Group>
      {takeBack.isError && <Refused fault={takeBack.error} />}
      {opened && <NeedsForm close={close} fault={say.error} busy={say.isPending} say={say.mutate} />}
    </>
  );
}

function NeedsForm({ close, fault, busy, say }: { close: () => void; fault: Error | null; busy: boolean; say: (needs: { priority: number | null; departure: string | null; energyWh: number | null }) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [priority, setPriority] = useState('');
  const [departure, setDeparture] = useState('');
  const [kilowattHours, setKilowattHours] = useState('');
  const energy = numberOf(kilowattHours);
  const send = () => say({ priority: numberOf(priority), departure: format.fromField(departure) ?? null, energyWh: typeof energy === 'number' ? energy * 1000 : energy });
  return (
    <FormDialog title={t('needs.say')} opened close={close} save={send} saving={busy} fault={isNotLimited(fault) ? null : fault} members={members} disabled={priority + departure + kilowattHours === ''}>
      {isNotLimited(fault) && <Refused fault={fault!} />}
      <Field fault={fault} name="priority" label={t('parameter.priority')} kind="number" value={priority} change={setPriority} />
      <Field fault={fault} name="departure" label={t('needs.departure')} kind="moment" value={departure} change={setDeparture} />
      <Field fault={fault} name="energyWh" label={t('needs.energy')} kind="number" value={kilowattHours} change={setKilowattHours} />
    </FormDialog>
  );
}

const isNotLimited = (fault: Error | null): boolean => fault instanceof ApiError && fault.code === 'not-limited';

function Refused({ fault }: { fault: Error }) {
  const { t } = useTranslation();
  return isNotLimited(fault) ? <p role="alert" className="fault">{t('needs.notLimited')}</p> : <Failure fault={fault} />;
}
