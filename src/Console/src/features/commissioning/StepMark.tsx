import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';

const marks = { passed: IconCheck, failed: IconX, skipped: IconMinus, waiting: IconMinus } as const;

/** How a step ended, as a shape, a colour and a word. */
export function StepMark({ of }: { of: Schemas['CommissioningStepView'] }) {
  const { t } = useTranslation();
  const word = t(`commissioning.outcomes.${of.outcome}`);
  const Mark = marks[of.outcome as keyof typeof marks];
  return (
    <span className={`step-mark step-${of.outcome}`}>
      {Mark ? <Mark size={16} aria-hidden /> : <Loader size={14} aria-hidden />} {word}
    </span>
  );
}
