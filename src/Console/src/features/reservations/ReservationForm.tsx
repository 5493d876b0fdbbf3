import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useFormat } from '../../ui/format';
import { Field, FormDialog, numberOf } from '../configuration/FormParts';
import { useSave } from '../configuration/Things';

const members = ['charger', 'connector', 'idTag', 'parentIdTag', 'expiry'];
const anHour = 3_600_000;

/** Asks a charger to hold a connector. What it answers stands in the list. */
export function ReservationForm({ charger: first, connector: of, close }: { charger?: string | undefined; connector?: number; close: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [charger, setCharger] = useState(first ?? '');
  const [connector, setConnector] = useState(String(of ?? 1));
  const [idTag, setIdTag] = useState('');
  const [parentIdTag, setParent] = useState('');
  const [expiry, setExpiry] = useState<string | undefined>(() => new Date(Date.now() + anHour).toISOString());
  const [attempt] = useState(newKey); // sent twice it is one reservation all the same
  const save = useSave(
    { queryKey: ['reservations'] },
    () =>
      api.POST('/api/v1/reservations', {
        params: { header: { 'Idempotency-Key': attempt } },
        body: { charger, connector: numberOf(connector), idTag: idTag || null, parentIdTag: parentIdTag || null, expiry: expiry ?? null },
      }),
    close,
  );
  const common = { fault: save.error };
  return (
    <FormDialog title={t('reservation.add')} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={members}>
      <Field {...common} name="charger" label={t('session.charger')} value={charger} needed change={setCharger} />
      <Field {...common} name="connector" kind="number" label={t('session.connector')} value={connector} needed hint={t('reservation.anyHint')} change={setConnector} />
      <Field {...common} name="idTag" label={t('session.tag')} value={idTag} needed change={setIdTag} />
      <Field {...common} name="parentIdTag" label={t('people.group')} value={parentIdTag} change={setParent} />
      <Field {...common} name="expiry" kind="moment" label={t('reservation.until')} value={format.field(expiry)} needed change={local => setExpiry(format.fromField(local))} />
    </FormDialog>
  );
}

/** 128 random bits. What browsers offer as a UUID is not there without TLS. */
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
