import { Alert, Button, Group, Table, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { alarmDefinitions, alarmSuppressions } from '../../api/alarms';
import { api, type Schemas } from '../../api/client';
import { Failure, useReason } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { useAlarmName } from './names';
import { useAlarmRights } from './rights';
import { MaintenanceForm } from './SuppressionForms';

type Suppression = Schemas['AlarmSuppressionView'];

/** What keeps alarms from being raised now, and until when. */
export function KeptQuiet({ charger }: { charger: string | undefined }) {
  const { t } = useTranslation();
  const list = useQuery(alarmSuppressions);
  const rights = useAlarmRights();
  const [opened, { open, close }] = useDisclosure(false);
  const words = ['alarms.what', 'session.charger', 'alarms.until', 'alarms.why', 'alarms.by', ...(rights.suppresses ? ['things.actions'] : [])];
  return (
    <section aria-labelledby="kept-quiet">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id="kept-quiet">{t('alarms.quiet')}</Title>
        {rights.maintainsAny && <Button size="xs" variant="default" onClick={open}>{t('alarms.maintain')}</Button>}
      </Group>
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data?.length === 0 && <p className="muted">{t('alarms.noneQuiet')}</p>}
      {list.data && list.data.length > 0 && (
        <Scroll label={t('alarms.quiet')} width={760}>
          <Table striped verticalSpacing={4}>
            <Table.Thead><Table.Tr>{words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{list.data.map(one => <Row key={one.id} one={one} />)}</Table.Tbody>
          </Table>
        </Scroll>
      )}
      {opened && <MaintenanceForm charger={charger} close={close} />}
    </section>
  );
}

function Row({ one }: { one: Suppression }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useAlarmName();
  const rights = useAlarmRights();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const definitions = useQuery(alarmDefinitions).data;
  const queries = useQueryClient();
  const release = useMutation({
    mutationFn: () => api.DELETE('/api/v1/alarm-suppressions/{id}', { params: { path: { id: one.id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: alarmSuppressions.queryKey }), // one that is gone already leaves the list too
  });
  const reason = useReason(release.error);
  const level = definitions?.find(known => known.definition === one.definition)?.level;
  const mayRelease = one.kind === 'maintenance' ? rights.maintains(one.levels) : level !== undefined && rights.masks(level);
  return (
    <Table.Tr data-suppression={one.definition ?? one.kind}>
      <Table.Td>{one.definition === null ? t('alarms.maintenance') : nameOf(one.definition)}</Table.Td>
      <Table.Td>
        {one.charger === null
          ? t('alarms.allChargers')
          : <Link className="link" to="/t/$tenant/chargers/$charger" params={{ tenant, charger: one.charger }}>{one.charger}</Link>}
      </Table.Td>
      <Table.Td className="numbers">{format.moment(one.until)}</Table.Td>
      <Table.Td>{one.reason}</Table.Td>
      <Table.Td>{one.setBy}<div className="muted small numbers">{format.moment(one.setAt)}</div></Table.Td>
      {rights.suppresses && (
        <Table.Td>
          {mayRelease && <Button size="xs" variant="default" loading={release.isPending} onClick={() => release.mutate()}>{t('alarms.release')}</Button>}
          {release.isError && <Alert color="red" variant="outline" role="alert">{t('command.refused', { reason })}</Alert>}
        </Table.Td>
      )}
    </Table.Tr>
  );
}
