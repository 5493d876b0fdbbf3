import { Alert, Button, Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { useReason } from '../../ui/Failure';
import { problemsOf, startOf, type Json, type JsonObject, type Schema } from './schema';
import { SchemaForm } from './SchemaForm';

interface Props {
  operation: Schemas['OperationView'];
  send: (payload: JsonObject) => void;
  sending: boolean;
  fault: unknown;
  /** What the request begins with; the least that its schema takes where there is nothing. */
  start?: JsonObject | undefined;
  /** Is told what the request holds now. */
  note?: (payload: JsonObject | null) => void;
}

/** The request of an operation, as a form made of its schema or as JSON; both are checked by the schema before they are sent. */
export function RequestForm({ operation, send, sending, fault, start, note }: Props) {
  const { t } = useTranslation();
  const schema = operation.request as Schema;
  const [way, setWay] = useState<'form' | 'json'>('form');
  const [payload, setPayload] = useState(() => start ?? (startOf(schema) as JsonObject));
  const [text, setText] = useState('');
  const reason = useReason(fault);
  const written = way === 'json' ? objectIn(text) : payload;
  useEffect(() => note?.(written));
  const problems = written === null ? [] : problemsOf(schema, written);
  const turn = (next: 'form' | 'json') => {
    if (next === 'json') setText(JSON.stringify(payload, null, 2));
    else if (written !== null) setPayload(written);
    setWay(next);
  };
  return (
    <form
      onSubmit={submitted => {
        submitted.preventDefault();
        if (written !== null && problems.length === 0) send(written);
      }}>
      <Stack gap="xs">
        <SegmentedControl
          size="xs" aria-label={t('ocpp.way')} value={way} onChange={chosen => turn(chosen as 'form' | 'json')}
          data={[{ value: 'form', label: t('ocpp.form') }, { value: 'json', label: 'JSON' }]} />
        {way === 'form' ? <SchemaForm schema={schema} value={payload} problems={problems} change={setPayload} /> : (
          <>
            <Textarea
              label="JSON" autosize minRows={6} maxRows={24} spellCheck={false} className="code" value={text} onChange={changed => setText(changed.currentTarget.value)}
              error={written === null ? t('ocpp.noObject') : undefined} />
            <ul>
              {problems.map(({ path, word, limit }) => <li key={path + word} className="fault small">{path} {t(`ocpp.problem.${word}`, { limit })}</li>)}
            </ul>
          </>
        )}
        {fault != null && <Alert color="red" variant="outline" role="alert">{t('command.refused', { reason })}</Alert>}
        <Group><Button size="xs" type="submit" disabled={written === null || problems.length > 0} loading={sending}>{t('command.send')}</Button></Group>
      </Stack>
    </form>
  );
}

function objectIn(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
