import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sites } from '../../api/queries';
import { faultAt, Field } from '../configuration/FormParts';

interface Props {
  /** Null for all, which an empty list is not. */
  value: string[] | null;
  fault: unknown;
  change: (value: string[] | null) => void;
}

/** The sites that somebody sees: all of them, or some. */
export function SeenSites({ value, fault, change }: Props) {
  const { t } = useTranslation();
  const known = useQuery(sites).data ?? [];
  // A site that was deleted stays in the list until it is taken out.
  const data = [...known.map(site => ({ value: site.site, label: site.name })), ...(value ?? []).filter(one => !known.some(site => site.site === one)).map(one => ({ value: one, label: one }))];
  const named = Object.keys(fault && typeof fault === 'object' && 'errors' in fault ? (fault.errors as Record<string, unknown>) : {}).find(name => name.startsWith('sites['));
  return (
    <>
      <Field
        name="sites" label={t('admin.sees')} fault={fault} value={value ? 'some' : 'all'} hint={t('admin.seesHint')}
        choices={[{ value: 'all', label: t('admin.allSites') }, { value: 'some', label: t('admin.someSites') }]} change={chosen => change(chosen === 'all' ? null : [])} />
      {value && (
        <MultiSelect
          size="xs" label={t('admin.theseSites')} data={data} value={value} onChange={change} searchable error={named && faultAt(fault, named)}
          nothingFoundMessage={t('things.none')} hidePickedOptions />
      )}
    </>
  );
}

/** The sites in a table. */
export function useSeenSites(): (sites: string[] | null | undefined) => string {
  const { t } = useTranslation();
  const known = useQuery(sites).data ?? [];
  return seen => (!seen ? t('admin.allSites') : seen.length === 0 ? t('admin.noSites') : seen.map(one => known.find(site => site.site === one)?.name ?? one).join(', '));
}
