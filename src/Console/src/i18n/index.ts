import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import fr from './fr.json';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const kept = 'evcharge-language';

/** The one chosen on this machine, else the browser's, else English. */
function initial(): Language {
  const wanted = [localStorage.getItem(kept), ...navigator.languages.map(tag => tag.slice(0, 2))];
  return languages.find(language => language === wanted.find(one => languages.some(known => known === one))) ?? 'en';
}

void i18next.use(initReactI18next).init({
  resources: { en: { translation: en }, fr: { translation: fr } },
  lng: initial(),
  fallbackLng: 'en',
  interpolation: { escapeValue: false }, // React writes text, never markup
  returnNull: false,
});

export function speak(language: Language): void {
  localStorage.setItem(kept, language);
  void i18next.changeLanguage(language);
}

i18next.on('languageChanged', language => (document.documentElement.lang = language));
document.documentElement.lang = i18next.language;

export default i18next;
