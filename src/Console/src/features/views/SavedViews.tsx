import { Button, Checkbox, Group, Modal, Table, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { savedViews } from '../../api/queries';
import { useMay } from '../../app/session';
import { Failure } from '../../ui/Failure';

type View = Schemas['SavedViewView'];

interface Props {
  page: 'trends' | 'sessions' | 'reservations' | 'console' | 'frames' | 'events';
  /** What is looked at: the part of the address that is kept. */
  search: () => object;
  /** Shows what was kept. */
  open: (search: Record<string, unknown>) => void;
}

/** The page as it was looked at before: kept under a name by the user, or by somebody for all of the tenant. */
export function SavedViews(props: Props) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>{t('views.title')}</Button>
      <Modal opened={opened} onClose={close} title={t('views.title')} closeButtonProps={{ 'aria-label': t('command.cancel') }}>
        {opened && <Views {...props} close={close} />}
      </Modal>
    </>
  );
}

function Views({ page, search, open, close }: Props & { close: () => void }) {
  const { t } = useTranslation();
  const list = useQuery(savedViews(page));
  const mayDelete = useMay('users.manage');
  const remove = useViewChange((view: View) =>
    api.DELETE('/api/v1/saved-views/{view}', { params: { path: { view: view.view }, query: { owner: view.own ? undefined : view.owner } } }));
  const show = (view: View) => {
    close();
    open(defaultParseSearch(view.search));
  };
  return (
    <div className="form">
      {(list.isError || remove.isError) && <Failure fault={list.error ?? remove.error} />}
      {list.data?.length === 0 && <p className="muted">{t('views.none')}</p>}
      {list.data && list.data.length > 0 && (
        <Table verticalSpacing={4}>
          <Table.Tbody>
            {list.data.map(view => (
              <Table.Tr key={`${view.owner}/${view.view}`} data-view={view.name}>
                <Table.Td>
                  <Button size="compact-sm" variant="default" onClick={() => show(view)}>{view.name}</Button>
                  {view.shared && <small className="muted"> {view.own ? t('views.forAll') : t('views.of', { owner: view.owner })}</small>}
                </Table.Td>
                <Table.Td align="right">
                  {(view.own || mayDelete) && (
                    <Button size="xs" variant="default" aria-label={t('views.delete', { name: view.name })} loading={remove.isPending && remove.variables === view} onClick={() => remove.mutate(view)}>
                      {t('configure.delete')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {list.data && <Keep page={page} search={search} known={list.data.filter(view => view.own)} />}
    </div>
  );
}

/** Keeps what is looked at; under a name that the user has already, in place of that. */
function Keep({ page, search, known }: Pick<Props, 'page' | 'search'> & { known: View[] }) {
  const { t } = useTranslation();
  const mayShare = useMay('calls.send');
  const [name, setName] = useState('');
  const [shared, share] = useState(false);
  const keep = useViewChange(() => {
    const view = known.find(one => one.name === name.trim())?.view ?? newId();
    return api.PUT('/api/v1/saved-views/{view}', { params: { path: { view } }, body: { page, name: name.trim(), search: defaultStringifySearch({ ...search(), kiosk: undefined }), shared } });
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    keep.mutate(undefined, { onSuccess: () => setName('') });
  };
  return (
    <form onSubmit={submit}>
      {keep.isError && <Failure fault={keep.error} />}
      <Group gap="xs" align="end">
        <TextInput size="xs" label={t('views.name')} value={name} maxLength={100} onChange={changed => setName(changed.currentTarget.value)} />
        {mayShare && <Checkbox size="md" label={t('views.share')} checked={shared} onChange={changed => share(changed.currentTarget.checked)} />}
        <Button size="xs" type="submit" disabled={name.trim() === ''} loading={keep.isPending}>{t('views.keep')}</Button>
      </Group>
    </form>
  );
}

function useViewChange<T>(change: (of: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ['saved-views'] }) });
}

const newId = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
