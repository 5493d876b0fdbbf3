import { Alert, Button, FileButton, Group, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, versioned, type Schemas } from '../../api/client';
import { configuration } from '../../api/queries';
import { useMay } from '../../app/session';
import { Download } from '../../ui/Export';
import { Failure } from '../../ui/Failure';
import { ChargerTable } from './ChargerTable';
import { useChanges } from './changes';
import { Differences } from './Differences';
import { merge } from './merge';
import { Refusal } from './Refusal';

type Document = Schemas['ConfigurationDocument'];

const mostBytes = 8 * 1024 * 1024;

/** Changes that were collected, or those that lead to a document: looked at, and applied as one act. */
export function ChangesPage() {
  const { t } = useTranslation();
  const may = useMay('fleet.write');
  const { changes, count, withdraw, clear } = useChanges();
  const queries = useQueryClient();
  const [file, setFile] = useState<{ name: string; document: Document } | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const standing = useQuery({ ...configuration, enabled: may });
  const wanted = file?.document ?? (standing.data && count > 0 ? merge(standing.data.value, changes) : null);
  const version = standing.data?.version ?? null;
  const difference = useQuery({
    queryKey: ['difference', version, file?.name ?? changes, file?.document],
    queryFn: () => put(wanted!, version, true),
    enabled: may && wanted !== null && standing.data !== undefined,
    retry: false,
  });
  const apply = useMutation({
    mutationFn: () => put(wanted!, version, false),
    onSuccess: () => {
      if (file) setFile(null);
      else clear();
    },
    // Most of what is shown of the fleet may have changed. What differs is asked for again with the version that stands then.
    onSettled: () => queries.invalidateQueries({ predicate: query => query.queryKey[0] !== 'difference' }),
  });
  if (!may) return <Failure fault={new ApiError(403, 'forbidden', '')} />;
  if (standing.isError) return <Failure fault={standing.error} retry={() => void standing.refetch()} />;
  if (!standing.data) return null;
  const open = async (chosen: File | null) => {
    apply.reset();
    setUnreadable(false);
    if (!chosen) return;
    try {
      if (chosen.size > mostBytes) throw new RangeError('too large');
      setFile({ name: `${chosen.name} ${chosen.lastModified}`, document: JSON.parse(await chosen.text()) as Document });
    } catch {
      setUnreadable(true);
    }
  };
  const entries = wanted === null ? [] : (difference.data?.changes ?? []);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">{t('changes.title')}</Title>
        <Group gap="xs">
          <ChargerTable known={standing.data.value.chargers ?? []} />
          <FileButton accept=".json,application/json" onChange={chosen => void open(chosen)}>
            {props => <Button size="xs" variant="default" {...props}>{t('changes.open')}</Button>}
          </FileButton>
          <Download path="/api/v1/configuration" />
        </Group>
      </Group>
      <p className="muted">{t('changes.about')}</p>
      {unreadable && <Alert color="red" variant="outline" role="alert">{t('changes.unreadable')}</Alert>}
      {file && (
        <Alert color="yellow" variant="outline">
          <Group gap="md">{t('changes.ofFile')} <Button size="xs" variant="default" onClick={() => setFile(null)}>{t('changes.closeFile')}</Button></Group>
        </Alert>
      )}
      {apply.isSuccess && wanted === null && <p role="status">{t('changes.applied', { count: apply.data.changes.length })}</p>}
      {wanted === null && <p>{t('changes.none')}</p>}
      {wanted !== null && difference.isError && <Refusal fault={difference.error} document={wanted} withdraw={file ? undefined : withdraw} />}
      {apply.isError && <Refusal fault={apply.error} document={wanted ?? {}} />}
      {wanted !== null && difference.data && entries.length === 0 && <p role="status">{t('changes.same')}</p>}
      {entries.length > 0 && (
        <Differences
          entries={entries}
          withdraw={file ? undefined : entry => (entry.kind === 'sites' || entry.kind === 'chargers') && withdraw(entry.kind, entry.id)} />
      )}
      {wanted !== null && (
        <Apply
          entries={entries} busy={apply.isPending || difference.isFetching} apply={() => apply.mutate()}
          discard={file ? undefined : clear} />
      )}
    </Stack>
  );
}

const put = async (body: Document, version: string | null, dryRun: boolean): Promise<Schemas['ConfigurationDifference']> =>
  (await versioned(api.PUT('/api/v1/configuration', { params: { query: { dryRun }, header: version === null ? {} : { 'If-Match': version } }, body }))).value;

/** Applies what is listed. Where something is deleted, its number has to be typed, so that nothing goes by a slip. */
function Apply({ entries, busy, apply, discard }: { entries: Schemas['ConfigurationDifferenceEntry'][]; busy: boolean; apply: () => void; discard: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const deleted = entries.filter(entry => entry.change === 'delete').length;
  return (
    <Group align="end">
      {deleted > 0 && <TextInput size="xs" label={t('changes.deletes', { count: deleted })} value={typed} maxLength={8} autoComplete="off" onChange={changed => setTyped(changed.currentTarget.value)} />}
      <Button size="xs" loading={busy} disabled={entries.length === 0 || (deleted > 0 && typed.trim() !== String(deleted))} onClick={apply}>{t('changes.apply')}</Button>
      {discard && <Button size="xs" variant="default" onClick={discard}>{t('changes.discard')}</Button>}
    </Group>
  );
}
