import { useTranslation } from 'react-i18next';
import { bandOf } from './levels';

/** An alarm in words; its id where it is newer than the words. */
export function useAlarmName(): (definition: string) => string {
  const { t } = useTranslation();
  return definition => t(`alarms.definitions.${definition.replaceAll('.', '-')}`, { defaultValue: definition });
}

/** How severe it is, by a number and a word: the colour says nothing that they do not. */
export function Level({ level }: { level: number }) {
  const { t } = useTranslation();
  const band = bandOf(level);
  return <span className={`level level-${band}`}>{level} · {t(`alarms.bands.${band}`)}</span>;
}
