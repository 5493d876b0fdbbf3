import { Alert, Button, Checkbox, Group, Stack, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { configurationKeys } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure, useReason } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { Field, FormDialog } from '../configuration/FormParts';
import { useSave } from '../configuration/Things';
import { ChargerTabs } from './ChargerTabs';
import { LocalList } from './LocalList';
import { useCall } from './useCall';

type Key = Schemas['ConfigurationKeyView'];

/** The configuration keys of a charger: what each is, and what it should be. */
export function KeysPage() {
  const { t } = useTranslation();
  const { charger } = useParams({ from: '/t/$tenant/chargers/$charger/configuration' });
  const list = useQuery(configurationKeys(charger));
  const [mayWrite, mayAsk] = [useMay('fleet.write'), useMay('calls.send')];
  const [wanted, want] = useState('');
  const [drifted, onlyDrifted] = useState(false);
  const [editing, edit] = useState<Key | 'new' | null>(null);
  const call = useCall(charger);
  const reason = useReason(call.error);
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  const found = list.data.filter(key => key.key.toLowerCase().includes(wanted.trim().toLowerCase()) && (!drifted || key.differs));
  const words = ['key', 'actual', 'desired', 'outcome'];
  return (
    <Stack>
      <ChargerTabs charger={charger} />
      <Group align="end">
        <TextInput size="xs" type="search" label={t('things.find')} maxLength={80} value={wanted} onChange={changed => want(changed.currentTarget.value)} />
        <Checkbox size="md" label={t('keys.onlyDrifted')} checked={drifted} onChange={changed => onlyDrifted(changed.currentTarget.checked)} />
        {mayAsk && <Button size="xs" variant="default" loading={call.isPending} onClick={() => call.mutate({ action: 'GetConfiguration', payload: {} })}>{t('keys.ask')}</Button>}
        {mayWrite && <Button size="xs" variant="default" onClick={() => edit('new')}>{t('keys.add')}</Button>}
      </Group>
      {call.isError && <Alert color="red" variant="outline" role="alert">{t('command.refused', { reason })}</Alert>}
      {call.isSuccess && <p className="muted" role="status">{t('keys.asked')}</p>}
      {found.length === 0 && <p className="muted">{list.data.length === 0 ? t('keys.none') : t('things.noneFits')}</p>}
      {found.length > 0 && (
        <Scroll label={t('keys.title')} width={640}>
          <Table striped verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {words.map(word => <Table.Th key={word} scope="col">{t(`keys.${word}`)}</Table.Th>)}
                {mayWrite && <Table.Th scope="col">{t('things.actions')}</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{found.map(key => <Row key={key.key} of={key} charger={charger} edit={mayWrite ? () => edit(key) : null} />)}</Table.Tbody>
          </Table>
        </Scroll>
      )}
      <LocalList charger={charger} />
      {editing && <KeyForm charger={charger} of={editing === 'new' ? null : editing} close={() => edit(null)} />}
    </Stack>
  );
}

function Row({ of: key, charger, edit }: { of: Key; charger: string; edit: (() => void) | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.DELETE('/api/v1/chargers/{charger}/configuration/{key}', { params: { path: { charger, key: key.key } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: configurationKeys(charger).queryKey }),
  });
  const remarks = [key.readonly === true && t('keys.readonly'), key.rebootRequired && t('keys.reboot'), key.unknown && t('keys.unknown')].filter(Boolean);
  return (
    <Table.Tr data-key={key.key} data-differs={key.differs}>
      <Table.Td>{key.key}{remarks.length > 0 && <div className="muted small">{remarks.join(', ')}</div>}</Table.Td>
      <Table.Td>{key.actual ?? '—'}{key.readAt && <div className="muted small">{format.moment(key.readAt)}</div>}</Table.Td>
      <Table.Td>{key.desired ?? '—'}{key.differs && <strong className="fault"> ≠</strong>}</Table.Td>
      <Table.Td>{key.outcome ?? (key.desired !== null && key.differs ? t('keys.waiting') : '')}</Table.Td>
      {edit && (
        <Table.Td>
          <Group gap="xs" wrap="nowrap">
            {key.readonly !== true && <Button size="xs" variant="default" onClick={edit}>{t('configure.edit')}</Button>}
            {key.desired !== null && <Button size="xs" variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>{t('keys.withdraw')}</Button>}
          </Group>
          {withdraw.isError && <Failure fault={withdraw.error} />}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function KeyForm({ charger, of, close }: { charger: string; of: Key | null; close: () => void }) {
  const { t } = useTranslation();
  const [key, setKey] = useState(of?.key ?? '');
  const [value, setValue] = useState(of?.desired ?? of?.actual ?? '');
  const save = useSave(
    configurationKeys(charger),
    () => api.PUT('/api/v1/chargers/{charger}/configuration/{key}', { params: { path: { charger, key } }, body: { value } }),
    close,
  );
  return (
    <FormDialog title={of?.key ?? t('keys.add')} opened close={close} save={() => save.mutate()} saving={save.isPending} fault={save.error} members={['key', 'value']}>
      {!of && <Field fault={save.error} name="key" label={t('keys.key')} value={key} needed change={setKey} />}
      <Field fault={save.error} name="value" label={t('keys.desired')} value={value} hint={t('keys.hint')} change={setValue} />
    </FormDialog>
  );
}
