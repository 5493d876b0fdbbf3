import { Alert, Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../api/client';
import { useReason } from './Failure';
import { useFormat } from './format';

interface Props {
  /** The address without its ending. */
  path: string;
  /** The filter, with its question mark; empty for none. */
  query?: string;
  endings: string[];
}

/** Exports as files. They are asked for like everything else, so that they are of the tenant that is looked at. */
export function Export({ path, query = '', endings }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [bytes, setBytes] = useState(0);
  const fetching = useMutation({
    mutationFn: (ending: string) => download(`${path}.${ending}${query}`, setBytes),
    onSettled: () => setBytes(0),
  });
  const reason = useReason(fetching.error);
  return (
    <>
      <Menu>
        <Menu.Target><Button size="xs" variant="default" loading={fetching.isPending}>{t('session.export')}</Button></Menu.Target>
        <Menu.Dropdown>
          {endings.map(ending => <Menu.Item key={ending} onClick={() => fetching.mutate(ending)}>{ending.toUpperCase()}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {fetching.isPending && <span className="muted small" role="status">{t('session.fetched', { size: format.megabytes(bytes, 1) })}</span>}
      {fetching.isError && <Alert color="red" variant="outline" role="alert">{reason}</Alert>}
    </>
  );
}

/** One file to be saved. */
export function Download({ path }: { path: string }) {
  const { t } = useTranslation();
  const fetching = useMutation({ mutationFn: () => download(path) });
  const reason = useReason(fetching.error);
  return (
    <>
      <Button size="xs" variant="default" loading={fetching.isPending} onClick={() => fetching.mutate()}>{t('maintenance.download')}</Button>
      {fetching.isError && <Alert color="red" variant="outline" role="alert">{reason}</Alert>}
    </>
  );
}
