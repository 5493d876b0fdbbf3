import { Button, Group, Stack, Table, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useColumns } from '../../ui/columns';
import { absent, DeleteDialog } from './FormParts';

const mostRows = 200; // more than that is searched for, not read
const searchFrom = 10; // as few as these are seen at one look

/** What is being written: null for something new, and the version that it has to be of. */
export interface Edited<T> {
  thing: T | null;
  version: string | null;
  close: () => void;
}

interface Props<T, K extends QueryKey> {
  title: string;
  /** The caller may see the list. */
  may: boolean;
  /** The caller may add to it, change and delete. */
  mayWrite: boolean;
  list: UseQueryOptions<T[], Error, T[], K>;
  nameOf: (thing: T) => string;
  /** What is searched in beside the name. */
  textOf?: (thing: T) => string;
  columns: { word: string; cell: (thing: T) => ReactNode }[];
  /** Width in px below which the table is scrolled. */
  width: number;
  none: string;
  add: string;
  /** Reads one with its version before it is edited; left out where nothing is edited. */
  read?: (thing: T) => Promise<{ value: T; version: string | null }>;
  form: (edited: Edited<T>) => ReactNode;
  remove: (thing: T) => Promise<unknown>;
  /** One that nobody changes or deletes here. */
  isFixed?: (thing: T) => boolean;
  isKept?: (thing: T) => boolean;
  /** Beside the button that adds. */
  extra?: ReactNode;
  /** Beside the buttons of a row. */
  actions?: (thing: T) => ReactNode;
}

/** A list of what is configured: found by a part of its name, added to, edited, and deleted by its name. */
export function Things<T, K extends QueryKey>(props: Props<T, K>) {
  const { t } = useTranslation();
  const { title, may, mayWrite, nameOf, textOf = () => '' } = props;
  const { shows, choice } = useColumns(String(props.list.queryKey[0]), props.columns.map(column => column.word));
  const columns = props.columns.filter(column => shows(column.word));
  const list = useQuery({ ...props.list, enabled: may });
  const [wanted, want] = useState('');
  const [editing, edit] = useState<Omit<Edited<T>, 'close'> | null>(null);
  const reading = useMutation({ mutationFn: props.read!, onSuccess: ({ value, version }) => edit({ thing: value, version }) });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  const found = list.data.filter(thing => `${nameOf(thing)} ${textOf(thing)}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{title}</Title>
        <Group gap="xs">
          {props.extra}
          {choice}
          {mayWrite && <Button size="xs" variant="default" onClick={() => edit({ thing: null, version: absent })}>{props.add}</Button>}
        </Group>
      </Group>
      {list.data.length > searchFrom && (
        <TextInput className="find" size="xs" type="search" label={t('things.find')} value={wanted} maxLength={80} onChange={changed => want(changed.currentTarget.value)} />
      )}
      {reading.isError && <Failure fault={reading.error} />}
      {found.length === 0 && <p className="muted">{list.data.length === 0 ? props.none : t('things.noneFits')}</p>}
      {found.length > mostRows && <p className="muted">{t('things.first', { shown: mostRows, count: found.length })}</p>}
      {found.length > 0 && (
        <Scroll label={title} width={props.width}>
          <Table striped verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {columns.map(column => <Table.Th key={column.word} scope="col">{t(column.word)}</Table.Th>)}
                {mayWrite && <Table.Th scope="col">{t('things.actions')}</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.slice(0, mostRows).map(thing => (
                <Table.Tr key={nameOf(thing)} data-thing={nameOf(thing)}>
                  {columns.map(column => <Table.Td key={column.word}>{column.cell(thing)}</Table.Td>)}
                  {mayWrite && <Table.Td><Actions thing={thing} props={props} edit={props.read && (() => reading.mutate(thing))} /></Table.Td>}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {editing && props.form({ ...editing, close: () => edit(null) })}
    </Stack>
  );
}

function Actions<T, K extends QueryKey>({ thing, props, edit }: { thing: T; props: Props<T, K>; edit: (() => void) | undefined }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [deleting, deletion] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => props.remove(thing),
    onSuccess: async () => {
      deletion.close();
      await queries.invalidateQueries({ queryKey: props.list.queryKey });
    },
  });
  const name = props.nameOf(thing);
  if (props.isFixed?.(thing)) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      {props.actions?.(thing)}
      {edit && <Button size="xs" variant="default" onClick={edit}>{t('configure.edit')}</Button>}
      {!props.isKept?.(thing) && <Button size="xs" variant="default" onClick={deletion.open}>{t('configure.delete')}</Button>}
      <DeleteDialog name={name} opened={deleting} close={deletion.close} remove={() => remove.mutate()} fault={remove.error} />
    </Group>
  );
}

/** Writes something of a list, reads the list again, and closes the form. */
export function useSave(list: { queryKey: QueryKey }, write: () => Promise<unknown>, close: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: list.queryKey });
      close();
    },
  });
}
