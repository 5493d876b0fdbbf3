import { Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import { compatibility } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { StepMark } from './StepMark';

/** What chargers of each make, model and firmware have shown in their tests. */
export function CompatibilityPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay('fleet.read');
  const list = useQuery({ ...compatibility, enabled: may });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  const steps = list.data[0]?.steps ?? [];
  return (
    <Stack>
      <Title order={1} size="h3">{t('nav.compatibility')}</Title>
      {list.data.length === 0 && <p className="muted">{t('commissioning.none')}</p>}
      {list.data.length > 0 && (
        <Scroll label={t('nav.compatibility')} width={1200}>
          <Table striped verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('charger.model')}</Table.Th>
                {steps.map(step => <Table.Th key={step.step} scope="col">{t(`commissioning.steps.${step.step}`)}</Table.Th>)}
                <Table.Th scope="col">{t('commissioning.tested')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.map(entry => (
                <Table.Tr key={`${entry.vendor} ${entry.model} ${entry.firmware}`} data-model={entry.model}>
                  <Table.Th scope="row">{entry.vendor} {entry.model} <div className="muted small">{entry.firmware}</div></Table.Th>
                  {entry.steps.map(step => (
                    <Table.Td key={step.step} data-step={step.step} data-outcome={step.outcome}>
                      <StepMark of={step} />
                      {step.why && <div className="muted small">{t(`commissioning.whys.${step.why}`)}</div>}
                    </Table.Td>
                  ))}
                  <Table.Td>{t('commissioning.chargers', { count: entry.chargers })} <div className="muted small">{format.moment(entry.at)}</div></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Stack>
  );
}
