import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../../api/client';
import { installedProfiles } from '../../../api/queries';
import { useMay } from '../../../app/session';
import { Failure } from '../../../ui/Failure';
import { useFormat } from '../../../ui/format';
import { ChargerTabs } from '../ChargerTabs';
import { Composite } from './Composite';
import { ProfileForm } from './ProfileForm';
import { drawnFor, kindOf } from './schedule';
import { Steps } from './Steps';

type Installed = Schemas['InstalledProfileView'];

/** The charging profiles of a charger: what it should hold, what it holds, and what comes of them together. */
export function ProfilesPage() {
  const { t } = useTranslation();
  const { charger } = useParams({ from: '/t/$tenant/chargers/$charger/profiles' });
  const list = useQuery(installedProfiles(charger));
  const may = useMay('calls.send');
  const [editing, edit] = useState<Installed | 'new' | null>(null);
  if (list.isError) return <Failure fault={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  return (
    <Stack>
      <ChargerTabs charger={charger}>{may && <Button size="xs" variant="default" onClick={() => edit('new')}>{t('profile.add')}</Button>}</ChargerTabs>
      {list.data.length === 0 && <p className="muted">{t('profile.none')}</p>}
      {list.data.map(one => <Profile key={one.profile} one={one} charger={charger} edit={may ? () => edit(one) : null} />)}
      {may && <Composite charger={charger} installed={list.data} />}
      {editing && <ProfileForm charger={charger} of={editing === 'new' ? null : editing} free={freeNumber(list.data)} close={() => edit(null)} />}
    </Stack>
  );
}

const firstNumber = 1_000; // those below are the allocation's own

const freeNumber = (installed: Installed[]): number => Math.max(firstNumber - 1, ...installed.map(one => one.profile)) + 1;

function Profile({ one, charger, edit }: { one: Installed; charger: string; edit: (() => void) | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/chargers/{charger}/profiles/{profile}', { params: { path: { charger, profile: one.profile } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: installedProfiles(charger).queryKey }),
  });
  const shown = one.desired ?? one.held;
  const isSame = JSON.stringify(one.desired) === JSON.stringify(one.held);
  const lines = [
    ...(one.desired ? [{ label: t('profile.desired'), periods: one.desired.schedule.periods }] : []),
    ...(one.held && !isSame ? [{ label: t('profile.held'), periods: one.held.schedule.periods }] : []),
  ];
  return (
    <Paper withBorder p="sm" component="article" data-profile={one.profile} data-differs={one.differs}>
      <Group justify="space-between">
        <Title order={2} size="h5">{t('profile.one', { id: one.profile })} · {one.connector === 0 ? t('profile.whole') : t('charger.connector', { number: one.connector })}</Title>
        {edit && (
          <Group gap="xs">
            {one.desired && <Button size="xs" variant="default" onClick={edit}>{t('configure.edit')}</Button>}
            {!one.removing && <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>{t('ocpp.remove')}</Button>}
          </Group>
        )}
      </Group>
      <p>
        {shown && kindOf(shown)}{one.template && <span className="muted"> · {one.template}</span>}
      </p>
      <p className={one.differs ? 'fault' : 'muted'}>
        {one.removing ? t('profile.removing') : one.differs ? t('profile.differs') : t('profile.inStep')}
        {one.outcome && ` · ${one.outcome}`}{one.at && ` · ${format.moment(one.at)}`}
      </p>
      {remove.isError && <Failure fault={remove.error} />}
      {shown && lines.length > 0 && <Steps unit={shown.schedule.unit} until={drawnFor(shown.schedule.periods, shown.schedule.duration)} lines={lines} />}
    </Paper>
  );
}
