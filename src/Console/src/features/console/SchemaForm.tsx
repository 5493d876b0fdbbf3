import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { startOf, type Json, type JsonObject, type Problem, type Schema } from './schema';

interface Props {
  schema: Schema;
  value: JsonObject;
  problems: Problem[];
  path?: string;
  change: (value: JsonObject) => void;
}

/** A form for what a schema describes. Members that may be left out are left out until something is put in. */
export function SchemaForm({ schema, value, problems, path = '', change }: Props) {
  const { t } = useTranslation();
  const set = (name: string, member: Json | undefined) => {
    const { [name]: _, ...others } = value;
    change(member === undefined ? others : inOrder(schema, { ...others, [name]: member }));
  };
  return Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const [at, needed] = [path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ?? false];
    const label = needed ? `${name} *` : name;
    const problem = problems.find(one => one.path === at);
    const error = problem && t(`ocpp.problem.${problem.word}`, { limit: problem.limit });
    if (member.type === 'object' || member.type === 'array') {
      return (
        <fieldset key={name} className="nested">
          <legend>{label}</legend>
          {error && <p className="fault small">{error}</p>}
          <Nested schema={member} value={value[name]} problems={problems} path={at} needed={needed} change={next => set(name, next)} />
        </fieldset>
      );
    }
    return <Field key={name} label={label} schema={member} value={value[name]} needed={needed} error={error} change={next => set(name, next)} />;
  });
}

/** As the standard lists them, in whatever order they were put in. */
const inOrder = (schema: Schema, value: JsonObject): JsonObject =>
  Object.fromEntries(Object.keys(schema.properties ?? {}).flatMap(name => (value[name] === undefined ? [] : [[name, value[name]]])));

interface NestedProps {
  schema: Schema;
  value: Json | undefined;
  problems: Problem[];
  path: string;
  needed: boolean;
  change: (value: Json | undefined) => void;
}

function Nested({ schema, value, problems, path, needed, change }: NestedProps) {
  const { t } = useTranslation();
  if (value === undefined) return <Button size="xs" variant="default" onClick={() => change(startOf(schema))}>{t('ocpp.add')}</Button>;
  if (schema.type === 'object') {
    return (
      <>
        <SchemaForm schema={schema} value={value as JsonObject} problems={problems} path={path} change={change} />
        {!needed && <Button size="xs" variant="subtle" onClick={() => change(undefined)}>{t('ocpp.leaveOut')}</Button>}
      </>
    );
  }
  const [items, item] = [value as Json[], schema.items!];
  const replace = (at: number, next: Json | undefined) => change(next === undefined ? items.toSpliced(at, 1) : items.with(at, next));
  return (
    <>
      {items.map((one, at) => (
        <Group key={at} align="end" gap="xs" className="list-item">
          {item.type === 'object'
            ? <div><SchemaForm schema={item} value={one as JsonObject} problems={problems} path={`${path}.${at}`} change={next => replace(at, next)} /></div>
            : <Field label={String(at + 1)} schema={item} value={one} needed error={undefined} change={next => replace(at, next ?? startOf(item))} />}
          <Button size="xs" variant="subtle" onClick={() => replace(at, undefined)}>{t('ocpp.remove')}</Button>
        </Group>
      ))}
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => change([...items, startOf(item)])}>{t('ocpp.add')}</Button>
        {!needed && <Button size="xs" variant="subtle" onClick={() => change(undefined)}>{t('ocpp.leaveOut')}</Button>}
      </Group>
    </>
  );
}

interface FieldProps {
  label: string;
  schema: Schema;
  value: Json | undefined;
  needed: boolean;
  error: string | undefined;
  change: (value: Json | undefined) => void;
}

function Field({ label, schema, value, needed, error, change }: FieldProps) {
  const none = needed ? [] : [{ value: '', label: '—' }];
  const choices = schema.type === 'boolean' ? ['false', 'true'] : schema.enum;
  if (choices) {
    return (
      <NativeSelect
        size="xs" label={label} error={error} value={value === undefined ? '' : String(value)} data={[...none, ...choices]}
        onChange={changed => change(parsed(schema, changed.currentTarget.value))} />
    );
  }
  return (
    <TextInput
      size="xs" label={label} error={error} value={value === undefined ? '' : String(value)} inputMode={schema.type === 'string' ? 'text' : 'decimal'}
      placeholder={schema.format === 'date-time' ? '2026-01-31T12:00:00Z' : undefined}
      onChange={changed => change(changed.currentTarget.value === '' && !needed ? undefined : parsed(schema, changed.currentTarget.value))} />
  );
}

/** What was typed as what is wanted; what is no number stays text, and the form says so. */
function parsed(schema: Schema, text: string): Json | undefined {
  if (schema.type === 'string') return schema.enum && text === '' ? undefined : text;
  if (schema.type === 'boolean') return text === '' ? undefined : text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
