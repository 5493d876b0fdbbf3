import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';

/** Why a connector gets no more, in the language that is shown. */
export function Reason({ why }: { why: Schemas['ReasonView'] }) {
  const { t } = useTranslation();
  const key = why.code === 'row' && why.part === 'power' ? 'power' : why.code === 'waiting' && why.node === null ? 'waitingAnywhere' : why.code;
  return <>{t([`reason.${key}`, 'reason.other'], { node: why.node, part: why.part })}</>;
}
