import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { useChanges, type Kind } from '../changes/changes';
import { DeleteDialog } from './FormParts';

interface Props {
  /** Has to be typed before it is deleted. */
  name: string;
  /** Its place among the queries, `sites`. */
  list: Kind;
  remove: () => Promise<unknown>;
  form: (close: () => void) => ReactNode;
  /** Beside them. */
  children?: ReactNode;
}

/** Buttons that change or delete what a page is about. */
export function EditButtons({ name, list, remove, form, children }: Props) {
  const { t } = useTranslation();
  const [editing, edit] = useDisclosure(false);
  const [deleting, deletion] = useDisclosure(false);
  const { collect, mayCollect } = useChanges();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      await navigate({ to: '/t/$tenant/overview', params: { tenant } });
      await queries.invalidateQueries({ queryKey: [list] });
    },
  });
  if (!useMay('fleet.write')) return null;
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={edit.open}>{t('configure.edit')}</Button>
      {children}
      <Button size="xs" variant="default" onClick={deletion.open}>{t('configure.delete')}</Button>
      {editing && form(edit.close)}
      <DeleteDialog name={name} opened={deleting} close={deletion.close} remove={() => removal.mutate()} fault={removal.error} collect={mayCollect ? () => collect(list, { [name]: null }) : undefined} />
    </Group>
  );
}
