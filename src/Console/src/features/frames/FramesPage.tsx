import { Button, Group, Select, Stack, Table, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Schemas } from '../../api/client';
import { chargers, frames } from '../../api/queries';
import type { FrameSearch } from '../../app/router';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { SavedViews } from '../views/SavedViews';
import { FrameDetail } from './FrameDetail';

/** The messages of a charger as they went over the wire, newest first, each with the one it answers. */
export function FramesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/t/$tenant/frames' });
  const navigate = useNavigate({ from: '/t/$tenant/frames' });
  const may = useMay('frames.read');
  const list = useQuery({ ...frames(search), enabled: may && search.charger !== undefined });
  const [pointed, point] = useState<string | null>(null);
  const show = (next: FrameSearch) => void navigate({ search: next });
  const { cursor, ...kept } = search;
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('ocpp.log')}</Title>
        <SavedViews page="frames" search={() => kept} open={show} />
      </Group>
      <Filter key={JSON.stringify(kept)} search={kept} show={show} />
      {search.from && search.to && <Stretch from={search.from} to={search.to} all={() => show({ charger: search.charger })} />}
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {search.charger && list.data?.items.length === 0 && <p className="muted">{t('ocpp.noFrames')}</p>}
      {list.data && list.data.items.length > 0 && (
        <Scroll label={t('ocpp.log')} width={720}>
          <Table verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                {['command.when', 'ocpp.direction', 'command.action', 'ocpp.message'].map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.items.map(frame => (
                <Row key={`${frame.connection}-${frame.number}`} charger={search.charger!} frame={frame} pointed={pointed === pairOf(frame)} point={() => point(pairOf(frame))} />
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <Group>
        {cursor && <Button variant="default" onClick={() => show(kept)}>{t('session.first')}</Button>}
        {list.data?.next && <Button variant="default" onClick={() => show({ ...kept, cursor: list.data.next! })}>{t('session.more')}</Button>}
      </Group>
    </Stack>
  );
}

/** Which moments a link has led to, and the way out of them. */
function Stretch({ from, to, all }: { from: string; to: string; all: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const moment = (at: string) => format.moment(Number.isNaN(Date.parse(at)) ? null : at);
  return <Group gap="xs"><span>{t('ocpp.between', { from: moment(from), to: moment(to) })}</span><Button size="xs" variant="default" onClick={all}>{t('ocpp.all')}</Button></Group>;
}

/** A call and its answer carry the same id on the same connection. */
const pairOf = (frame: Schemas['FrameView']): string => `${frame.connection} ${frame.messageId}`;

function Row({ charger, frame, pointed, point }: { charger: string; frame: Schemas['FrameView']; pointed: boolean; point: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [looking, { toggle }] = useDisclosure(false);
  return (
    <Table.Tr className={pointed ? 'pointed' : ''} onMouseEnter={point} onFocus={point} data-direction={frame.direction}>
      <Table.Td className="numbers">{format.moment(frame.at)}</Table.Td>
      <Table.Td>{frame.direction === 'in' ? '→' : '←'} {t(`ocpp.${frame.direction}`)}</Table.Td>
      <Table.Td>{frame.action}<div className="muted small">{frame.kind}{frame.latencyMs !== null && ` · ${format.number(frame.latencyMs)} ms`}</div></Table.Td>
      <Table.Td>
        {looking ? <FrameDetail charger={charger} frame={frame} /> : <code className="payload">{frame.text}</code>}
        <Button size="compact-xs" variant="default" aria-expanded={looking} onClick={toggle}>{t('frame.look')}</Button>
      </Table.Td>
    </Table.Tr>
  );
}

function Filter({ search, show }: { search: FrameSearch; show: (next: FrameSearch) => void }) {
  const { t } = useTranslation();
  const all = useQuery(chargers).data ?? [];
  const [draft, setDraft] = useState(search);
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    show(draft);
  };
  return (
    <form onSubmit={submit} className="filter" aria-label={t('session.filter')}>
      <Select
        size="xs" searchable label={t('session.charger')} value={draft.charger ?? null} limit={100} nothingFoundMessage={t('search.none')}
        data={all.map(one => one.charger)} onChange={chosen => setDraft({ ...draft, charger: chosen ?? undefined })} />
      <TextInput
        size="xs" label={t('command.action')} maxLength={60} value={draft.action ?? ''}
        onChange={changed => setDraft({ ...draft, action: changed.currentTarget.value || undefined })} />
      <Select
        size="xs" label={t('ocpp.direction')} value={draft.direction ?? ''} allowDeselect={false}
        data={[{ value: '', label: t('session.any') }, ...(['in', 'out'] as const).map(one => ({ value: one, label: t(`ocpp.${one}`) }))]}
        onChange={chosen => setDraft({ ...draft, direction: (chosen || undefined) as FrameSearch['direction'] })} />
      <Button size="xs" type="submit">{t('session.filter')}</Button>
    </form>
  );
}
