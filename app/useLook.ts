import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PartialComponentTexts } from 'assistants-react';
import { useEffect, useState } from 'react';
import { english } from './labels/english.js';
import type { Labels } from './labels/Labels.js';
import { readStored, store } from './storage.js';

/** Names of the languages, each in its own. */
export const LANGUAGES = {
  en: 'English',
  ar: 'العربية',
  zh: '中文',
  fr: 'Français',
  de: 'Deutsch',
  ja: '日本語',
  es: 'Español',
} as const;

/** Values of the settings besides the language. The first one is the default. */
export const LOOK = {
  direction: ['auto', 'ltr', 'rtl'],
  density: ['comfortable', 'compact'],
  accent: ['blue', 'violet', 'green', 'red'],
  theme: ['system', 'light', 'dark'],
} as const;

/** Appearance of the playground. */
export type Look = { [Name in keyof typeof LOOK]: (typeof LOOK)[Name][number] } & {
  language: keyof typeof LANGUAGES;
};

/** Texts of the library and labels of the page by language. English is built in. */
const CATALOGUES: Record<Look['language'], () => Promise<Omit<Language, 'locale'>>> = {
  en: async () => ({ texts: {}, labels: english }),
  ar: async () => ({
    texts: (await import('assistants-react/languages/arabic')).arabic,
    labels: (await import('./labels/arabic.js')).arabic,
  }),
  zh: async () => ({
    texts: (await import('assistants-react/languages/chinese')).chinese,
    labels: (await import('./labels/chinese.js')).chinese,
  }),
  fr: async () => ({
    texts: (await import('assistants-react/languages/french')).french,
    labels: (await import('./labels/french.js')).french,
  }),
  de: async () => ({
    texts: (await import('assistants-react/languages/german')).german,
    labels: (await import('./labels/german.js')).german,
  }),
  ja: async () => ({
    texts: (await import('assistants-react/languages/japanese')).japanese,
    labels: (await import('./labels/japanese.js')).japanese,
  }),
  es: async () => ({
    texts: (await import('assistants-react/languages/spanish')).spanish,
    labels: (await import('./labels/spanish.js')).spanish,
  }),
};

/** Values of `--assistants-accent`. Each is readable in light and in dark pages. */
const ACCENTS: Record<Look['accent'], string> = {
  blue: '',
  violet: 'light-dark(oklch(0.43 0.19 300), oklch(0.82 0.09 300))',
  green: 'light-dark(oklch(0.42 0.1 155), oklch(0.82 0.1 155))',
  red: 'light-dark(oklch(0.43 0.16 25), oklch(0.82 0.09 25))',
};

const STORAGE_KEY = 'assistants-react:look';

/** Language of the page. It keeps the one before until it is loaded. */
interface Language {
  locale: Look['language'];
  texts: PartialComponentTexts;
  labels: Labels;
}

const ENGLISH: Language = { locale: 'en', texts: {}, labels: english };

/** The appearance of the page, remembered by the browser, and its language. */
export function useLook(): {
  look: Look;
  change: (changes: Partial<Look>) => void;
  cycleTheme: () => void;
  language: Language;
} {
  const [look, setLook] = useState(readLook);
  const { data: language = ENGLISH } = useQuery({
    queryKey: ['language', look.language],
    queryFn: async () => ({ locale: look.language, ...(await CATALOGUES[look.language]()) }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  useEffect(() => {
    applyLook(look);
    store(STORAGE_KEY, look);
  }, [look]);
  useEffect(() => {
    document.documentElement.lang = language.locale;
  }, [language]);
  const change = (changes: Partial<Look>) => setLook((before) => ({ ...before, ...changes }));
  const cycleTheme = () => {
    const next = (LOOK.theme.indexOf(look.theme) + 1) % LOOK.theme.length;
    change({ theme: LOOK.theme[next] ?? 'system' });
  };
  return { look, change, cycleTheme, language };
}

/** Returns the direction of a look: its own, or that of its language. */
function getDirection({ direction, language }: Look): string {
  if (direction !== 'auto') return direction;
  return language === 'ar' ? 'rtl' : 'ltr';
}

function applyLook(look: Look): void {
  const { documentElement: page } = document;
  if (look.theme === 'system') delete page.dataset['theme'];
  else page.dataset['theme'] = look.theme;
  page.dataset['density'] = look.density;
  page.dir = getDirection(look);
  page.style.setProperty('--assistants-accent', ACCENTS[look.accent]);
}

/** Reads the stored look. Settings that are missing or unknown have their first value. */
function readLook(): Look {
  const stored = Object(readStored(STORAGE_KEY)) as Record<string, unknown>;
  const all = { language: Object.keys(LANGUAGES), ...LOOK };
  const settings = Object.entries(all).map(([name, values]: [string, readonly string[]]) => [
    name,
    values.find((value) => value === stored[name]) ?? values[0],
  ]);
  return Object.fromEntries(settings) as Look;
}
