import { useQuery } from '@tanstack/react-query';
import { sites } from '../../api/queries';
import { Field } from './FormParts';

interface Props {
  label: string;
  /** The word for no site. */
  none: string;
  value: string;
  fault: unknown;
  change: (value: string) => void;
}

/** One of the sites, or none. */
export function SiteChoice({ label, none, value, fault, change }: Props) {
  const known = useQuery(sites).data ?? [];
  return (
    <Field
      name="site" label={label} value={value} fault={fault} change={change}
      choices={[{ value: '', label: none }, ...known.map(site => ({ value: site.site, label: site.name }))]} />
  );
}
