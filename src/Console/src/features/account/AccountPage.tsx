import { Button, NativeSelect, Paper, Stack, Table, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ownSessions } from '../../api/queries';
import { LanguageSwitch } from '../../app/LanguageSwitch';
import { useCaller, usePreferences } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { knownZone, zoneHere, zones } from '../../ui/zones';
import { SecondFactor } from './SecondFactor';

/** What a user settles for themselves: language, second factor, and where they are signed in. */
export function AccountPage() {
  const { t } = useTranslation();
  const caller = useCaller()!;
  return (
    <Stack>
      <Title order={1} size="h3">{t('account.title', { user: caller.user })}</Title>
      <Paper withBorder p="sm" component="section" aria-labelledby="language">
        <Title order={2} size="h5" id="language" mb="xs">{t('app.language')}</Title>
        <LanguageSwitch />
        <ZoneChoice />
        <UnitChoice />
      </Paper>
      <SecondFactor />
      <OwnSessions />
    </Stack>
  );
}

/** The zone that moments are told in, on every device of the user. */
function ZoneChoice() {
  const { t } = useTranslation();
  const [kept, keep] = usePreferences();
  return (
    <NativeSelect
      size="xs" mt="xs" className="find" name="timeZone" label={t('account.timeZone')} value={knownZone(kept?.timeZone) ?? ''} disabled={!kept}
      data={[{ value: '', label: t('account.zoneHere', { zone: zoneHere() }) }, ...zones().map(zone => ({ value: zone, label: zone }))]}
      onChange={changed => keep({ timeZone: changed.currentTarget.value || null })} />
  );
}

/** The unit that tiles tell what connectors draw in. */
function UnitChoice() {
  const { t } = useTranslation();
  const [kept, keep] = usePreferences();
  return (
    <NativeSelect
      size="xs" mt="xs" className="find" name="powerUnit" label={t('account.unit')} value={kept?.powerUnit === 'A' ? 'A' : 'kW'} disabled={!kept}
      data={[{ value: 'kW', label: 'kW' }, { value: 'A', label: t('account.amperes') }]}
      onChange={changed => keep({ powerUnit: changed.currentTarget.value })} />
  );
}

function OwnSessions() {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const found = useQuery(ownSessions);
  const end = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ownSessions.queryKey }),
  });
  const words = ['account.address', 'account.since', 'account.until', 'things.actions'];
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="sessions">
      <Title order={2} size="h5" id="sessions" mb="xs">{t('account.sessions')}</Title>
      {(found.isError || end.isError) && <Failure fault={found.error ?? end.error} retry={() => void found.refetch()} />}
      <Scroll label={t('account.sessions')} width={480}>
        <Table verticalSpacing={4}>
          <Table.Thead><Table.Tr>{words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {found.data?.items.map(session => (
              <Table.Tr key={session.id} data-session={session.current ? 'current' : 'other'}>
                <Table.Td>{session.address ?? '—'}</Table.Td>
                <Table.Td>{format.moment(session.createdAt)}</Table.Td>
                <Table.Td>{format.moment(session.expiresAt)}</Table.Td>
                <Table.Td>
                  {session.current
                    ? <span className="muted">{t('account.current')}</span>
                    : <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(session.id)}>{t('account.end')}</Button>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Paper>
  );
}
