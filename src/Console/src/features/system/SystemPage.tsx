import { Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, type Schemas } from '../../api/client';
import { system } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Figure } from '../../ui/Figure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';


/** The processes that the installation is made of, and what they carry. */
export function SystemPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay('tenants.manage');
  const found = useQuery({ ...system, enabled: may });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (found.isError && !found.data) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return null;
  const { version, gateway, silos, grains } = found.data;
  return (
    <Stack>
      <Title order={1} size="h3">{t('system.title')}</Title>
      {found.isError && <Failure fault={found.error} retry={() => void found.refetch()} />}
      <p className="muted small wrap">{t('system.version', { version })} · {t('system.answers', { host: gateway.host, moment: format.moment(gateway.startedAt) })}</p>
      <dl className="figures">
        <Figure label={t('system.silos')}>{format.number(silos.filter(silo => silo.status === 'Active').length)}</Figure>
        <Figure label={t('system.connections')}>{format.number(gateway.connections)}</Figure>
        <Figure label={t('system.memory')}>{format.megabytes(gateway.memoryBytes)}</Figure>
      </dl>
      <Silos silos={silos} />
      <section aria-labelledby="grains">
        <Title order={2} size="h5" id="grains" mb="xs">{t('system.grains')}</Title>
        <Scroll label={t('system.grains')} width={280}>
          <Table striped verticalSpacing={4}>
            <Table.Thead><Table.Tr><Table.Th scope="col">{t('system.kind')}</Table.Th><Table.Th scope="col">{t('system.activations')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody className="numbers">
              {grains.map(one => <Table.Tr key={one.grain} data-grain={one.grain}><Table.Td>{one.grain}</Table.Td><Table.Td>{format.number(one.activations)}</Table.Td></Table.Tr>)}
            </Table.Tbody>
          </Table>
        </Scroll>
      </section>
      <p className="small"><a className="link" href="/metrics">{t('system.metrics')}</a> · <a className="link" href="/health/ready">{t('system.health')}</a></p>
    </Stack>
  );
}

function Silos({ silos }: { silos: Schemas['SiloView'][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = ['system.silo', 'system.address', 'system.status', 'system.since', 'system.alive', 'system.activations', 'system.gateways', 'system.processor', 'system.memory'];
  return (
    <section aria-labelledby="silos">
      <Title order={2} size="h5" id="silos" mb="xs">{t('system.silos')}</Title>
      <Scroll label={t('system.silos')} width={860}>
        <Table striped verticalSpacing={4}>
          <Table.Thead><Table.Tr>{words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody className="numbers">
            {silos.map(silo => (
              <Table.Tr key={`${silo.name}/${silo.address}/${silo.startedAt}`} data-silo={silo.name}>
                <Table.Td>{silo.name}</Table.Td>
                <Table.Td>{silo.address}</Table.Td>
                <Table.Td>{t(`system.statuses.${silo.status}`, { defaultValue: silo.status })}</Table.Td>
                <Table.Td>{format.moment(silo.startedAt)}</Table.Td>
                <Table.Td>{format.moment(silo.aliveAt)}</Table.Td>
                <Table.Td>{format.number(silo.activations)}</Table.Td>
                <Table.Td>{format.number(silo.clients)}</Table.Td>
                <Table.Td>{format.percent(silo.cpuPercent)}</Table.Td>
                <Table.Td>{format.megabytes(silo.memoryBytes)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </section>
  );
}
