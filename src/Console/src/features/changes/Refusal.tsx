import { Alert, Button, Group, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError, type Schemas } from '../../api/client';
import { useReason } from '../../ui/Failure';
import type { Kind } from './changes';
import { memberWord } from './memberWord';

type Document = Schemas['ConfigurationDocument'];

interface Props {
  fault: Error;
  document: Document;
  withdraw?: ((kind: Kind, name: string) => void) | undefined;
}

/** Why changes are refused, each by the name of the thing that is at fault. */
export function Refusal({ fault, document, withdraw }: Props) {
  const { t } = useTranslation();
  const reason = useReason(fault);
  const faults = fault instanceof ApiError ? Object.entries(fault.errors).filter(([path]) => path !== '') : [];
  return (
    <Alert color="red" variant="outline" role="alert">
      {fault instanceof ApiError && fault.status === 412 ? t('changes.meanwhile') : faults.length === 0 ? reason : t('changes.refused')}
      <List size="sm">
        {faults.map(([path, rules]) => {
          const { kind, name, member } = placeOf(path, document);
          return (
            <List.Item key={path}>
              <Group gap="xs">
                {t('changes.pair', { name: [name, member && memberWord(t, member)].filter(Boolean).join(' · '), value: rules.join(', ') })}
                {withdraw && kind && name && <Button size="compact-xs" variant="default" onClick={() => withdraw(kind, name)}>{t('changes.withdraw')}</Button>}
              </Group>
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}

/** What `chargers[3].maxCurrent` means in this document. */
function placeOf(path: string, document: Document): { kind?: Kind; name: string; member: string } {
  const place = /^(sites|chargers)\[(\d+)\]\.?(.*)$/.exec(path);
  if (!place) return { name: '', member: path };
  const kind = place[1] as Kind;
  const at = Number(place[2]);
  const name = kind === 'sites' ? document.sites?.[at]?.site : document.chargers?.[at]?.charger;
  return { kind, name: name ?? `${at + 1}`, member: place[3]! };
}
