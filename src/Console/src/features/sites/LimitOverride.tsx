import { Alert, Button, Group, NativeSelect, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { dryRun } from '../../api/queries';
import { useMay } from '../../app/session';
import { useReason } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { Reason } from './Reason';

const most = 20; // connectors of which a preview is shown
const hours = [0.25, 1, 4, 12, 24];

/** Limits the site for a while, after a look at what each connector would have then; and takes that back. */
export function LimitOverride({ site, byOperator }: { site: Schemas['SiteView']; byOperator: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [lasting, setLasting] = useState('1');
  const value = text.trim() === '' ? NaN : Number(text.replace(',', '.'));
  const valid = Number.isFinite(value) && value >= 0;
  const tried = useQuery({ ...dryRun(site.site, value), enabled: valid });
  const path = { path: { site: site.site } };
  const refresh = () => queries.invalidateQueries({ queryKey: ['allocation', site.site] });
  const limit = useMutation({
    mutationFn: () =>
      api.PUT('/api/v1/sites/{site}/limit', { params: path, body: { value, until: new Date(Date.now() + Number(lasting) * 3_600_000).toISOString() } }),
    onSuccess: () => {
      setText('');
      return refresh();
    },
  });
  const takeBack = useMutation({ mutationFn: () => api.DELETE('/api/v1/sites/{site}/limit', { params: path }), onSuccess: refresh });
  const fault = limit.error ?? takeBack.error;
  const reason = useReason(fault);
  if (!useMay('calls.send')) return null;
  return (
    <form
      className="override"
      onSubmit={submitted => {
        submitted.preventDefault();
        if (valid) limit.mutate();
      }}>
      <Group gap="xs" align="end" mt="xs">
        <TextInput size="xs" label={t('limit.value', { unit: site.energyUnit })} inputMode="decimal" value={text} onChange={changed => setText(changed.currentTarget.value)} />
        <NativeSelect
          size="xs" label={t('limit.lasting')} value={lasting} data={hours.map(one => ({ value: String(one), label: t('limit.hours', { count: one }) }))}
          onChange={changed => setLasting(changed.currentTarget.value)} />
        <Button size="xs" type="submit" disabled={!valid} loading={limit.isPending}>{t('limit.set')}</Button>
        {byOperator && <Button size="xs" variant="default" loading={takeBack.isPending} onClick={() => takeBack.mutate()}>{t('limit.takeBack')}</Button>}
      </Group>
      {fault && <Alert color="red" variant="outline" mt="xs" role="alert">{t('command.refused', { reason })}</Alert>}
      {valid && tried.data && (
        <>
          <p className="muted small">{t('limit.preview', { limit: format.number(value, 0, site.energyUnit) })}</p>
          <Table verticalSpacing={2} className="numbers">
            <Table.Tbody>
              {tried.data.slice(0, most).map(one => (
                <Table.Tr key={`${one.charger}/${one.connector}`}>
                  <Table.Td>{one.charger} · {one.connector}</Table.Td>
                  <Table.Td>{format.number(one.allotted, 1, 'A')}</Table.Td>
                  <Table.Td><Reason why={one.why} /></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </form>
  );
}
