import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages, type Language } from '../i18n';
import { useOwnLanguage } from './session';

const names: Record<Language, string> = { en: 'EN', fr: 'FR' };

/** Changes the language at once; kept on this machine, and with the user. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const choose = useOwnLanguage();
  return (
    <SegmentedControl
      size="xs" aria-label={t('app.language')} value={i18n.language}
      data={languages.map(language => ({ value: language, label: names[language] }))}
      onChange={chosen => choose(chosen as Language)} />
  );
}
