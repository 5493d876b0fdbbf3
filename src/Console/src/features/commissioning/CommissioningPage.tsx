import { Alert, Button, Group, Paper, Stack, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, type Schemas } from '../../api/client';
import { charger as chargerQuery, commissioning } from '../../api/queries';
import { useMay } from '../../app/session';
import { ChargerTabs } from '../chargers/ChargerTabs';
import { Field, numberOf } from '../configuration/FormParts';
import { Failure, useReason } from '../../ui/Failure';
import { useFormat } from '../../ui/format';
import { StepMark } from './StepMark';

type Test = Schemas['CommissioningView'];

const shownBefore = 5; // older ones are in the API

/** The guided test of a charger before it is put to work: what it is asked, what somebody has to do, and what was seen. */
export function CommissioningPage() {
  const { t } = useTranslation();
  const { charger } = useParams({ from: '/t/$tenant/chargers/$charger/commissioning' });
  const [mayRead, mayRun] = [useMay('commands.read'), useMay('calls.send')];
  const tests = useQuery({ ...commissioning(charger), enabled: mayRead });
  if (!mayRead) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  const [newest, ...before] = tests.data ?? [];
  return (
    <Stack>
      <ChargerTabs charger={charger} />
      <p>{t('commissioning.about')}</p>
      {tests.isError && <Failure fault={tests.error} retry={() => void tests.refetch()} />}
      {mayRun && tests.data && newest?.status !== 'running' && <StartForm charger={charger} />}
      {newest && <TestCard test={newest} mayRun={mayRun} />}
      {before.length > 0 && <Title order={2} size="h5">{t('commissioning.before')}</Title>}
      {before.slice(0, shownBefore).map(test => <TestCard key={test.id} test={test} mayRun={false} />)}
    </Stack>
  );
}

function StartForm({ charger }: { charger: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const connectors = useQuery(chargerQuery(charger)).data?.value.connectors ?? [];
  const [idTag, setIdTag] = useState('');
  const [connector, setConnector] = useState('1');
  const [limit, setLimit] = useState('6');
  const start = useMutation({
    mutationFn: () => api.POST('/api/v1/chargers/{charger}/commissioning', { params: { path: { charger } }, body: { idTag, connector: numberOf(connector), limit: numberOf(limit) } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['commissioning'] }),
  });
  const reason = useReason(start.error);
  const isBeside = start.error instanceof ApiError && Object.keys(start.error.errors).length > 0;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    start.mutate();
  };
  return (
    <form className="form narrow-form" onSubmit={submit} noValidate>
      {start.isError && !isBeside && <Alert color="red" variant="outline" role="alert">{t(['busy', 'running'].includes(codeOf(start.error)) ? `commissioning.${codeOf(start.error)}` : 'command.refused', { reason })}</Alert>}
      <Field fault={start.error} name="idTag" label={t('session.tag')} value={idTag} needed hint={t('commissioning.tagHint')} change={setIdTag} />
      {connectors.length > 1 && (
        <Field
          fault={start.error} name="connector" label={t('session.connector')} value={connector} change={setConnector}
          choices={connectors.map(one => ({ value: String(one.connector), label: String(one.connector) }))} />
      )}
      <Field fault={start.error} name="limit" kind="number" label={t('commissioning.limit')} value={limit} change={setLimit} />
      <Group><Button type="submit" loading={start.isPending} disabled={idTag === ''}>{t('commissioning.start')}</Button></Group>
    </form>
  );
}

const codeOf = (fault: unknown): string => (fault instanceof ApiError ? fault.code : '');

function TestCard({ test, mayRun }: { test: Test; mayRun: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const queries = useQueryClient();
  const mayListen = useMay('frames.read');
  const cancel = useMutation({
    mutationFn: () => api.DELETE('/api/v1/commissioning/{id}', { params: { path: { id: test.id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['commissioning'] }),
  });
  return (
    <Paper withBorder p="md" data-test={test.id} data-status={test.status}>
      <Group justify="space-between">
        <strong role={mayRun ? 'status' : undefined}>{t(`commissioning.statuses.${test.status}`)}</strong>
        {mayRun && test.status === 'running' && <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('commissioning.cancel')}</Button>}
      </Group>
      {cancel.isError && <Failure fault={cancel.error} />}
      <p className="muted small">
        {[test.vendor, test.model, test.firmware].filter(Boolean).join(' · ')} {t('command.by', { user: test.requestedBy })}, {format.moment(test.requestedAt)}
      </p>
      <ol className="test-steps">
        {test.steps.map(step => (
          <li key={step.step} data-step={step.step} data-outcome={step.outcome}>
            <span>{t(`commissioning.steps.${step.step}`)}</span>
            <StepMark of={step} />
            <span className="small">
              {step.why && <>{t(`commissioning.whys.${step.why}`)} </>}
              {step.outcome === 'running' && ['connect', 'start'].includes(step.step) && <strong>{t(`commissioning.todo.${step.step}`)} </strong>}
              {step.detail && <code>{step.detail}</code>}
              {mayListen && step.startedAt && step.endedAt && (
                <> <Link className="link" to="/t/$tenant/frames" params={{ tenant }} search={{ charger: test.charger, from: step.startedAt, to: step.endedAt }}>{t('commissioning.messages')}</Link></>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
