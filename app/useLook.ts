import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PartialComponentTexts } from 'assistants-react';
import { useEffect, useState } from 'react';
import { readStored, store } from './storage.js';

/** Settings of the appearance, with the names of their values. The first value is the default. */
export const LOOK = {
  language: {
    en: 'English',
    ar: 'العربية',
    zh: '中文',
    fr: 'Français',
    de: 'Deutsch',
    ja: '日本語',
    es: 'Español',
  },
  direction: { auto: 'Of the language', ltr: 'Left to right', rtl: 'Right to left' },
  density: { comfortable: 'Comfortable', compact: 'Compact' },
  accent: { blue: 'Blue', violet: 'Violet', green: 'Green', red: 'Red' },
  theme: { system: 'Of the system', light: 'Light', dark: 'Dark' },
} as const;

/** Appearance of the playground. */
export type Look = { [Name in keyof typeof LOOK]: keyof (typeof LOOK)[Name] };

/** Texts of the library by language. English is built in. */
const CATALOGUES: Record<Look['language'], () => Promise<PartialComponentTexts>> = {
  en: async () => ({}),
  ar: async () => (await import('assistants-react/languages/arabic')).arabic,
  zh: async () => (await import('assistants-react/languages/chinese')).chinese,
  fr: async () => (await import('assistants-react/languages/french')).french,
  de: async () => (await import('assistants-react/languages/german')).german,
  ja: async () => (await import('assistants-react/languages/japanese')).japanese,
  es: async () => (await import('assistants-react/languages/spanish')).spanish,
};

/** Values of `--assistants-accent`. Each is readable in light and in dark pages. */
const ACCENTS: Record<Look['accent'], string> = {
  blue: '',
  violet: 'light-dark(oklch(0.43 0.19 300), oklch(0.82 0.09 300))',
  green: 'light-dark(oklch(0.42 0.1 155), oklch(0.82 0.1 155))',
  red: 'light-dark(oklch(0.43 0.16 25), oklch(0.82 0.09 25))',
};

const STORAGE_KEY = 'assistants-react:look';
const THEMES = ['system', 'light', 'dark'] as const;

/** Language of the library. The page keeps the one before until it is loaded. */
interface Language {
  locale: Look['language'];
  texts: PartialComponentTexts;
}

const ENGLISH: Language = { locale: 'en', texts: {} };

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
    queryFn: async () => ({ locale: look.language, texts: await CATALOGUES[look.language]() }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  useEffect(() => {
    applyLook(look);
    store(STORAGE_KEY, look);
  }, [look]);
  const change = (changes: Partial<Look>) => setLook((before) => ({ ...before, ...changes }));
  const cycleTheme = () => {
    const next = (THEMES.indexOf(look.theme) + 1) % THEMES.length;
    change({ theme: THEMES[next] ?? 'system' });
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
  const settings = Object.entries(LOOK).map(([name, values]) => {
    const value = stored[name];
    const isKnown = typeof value === 'string' && Object.hasOwn(values, value);
    return [name, isKnown ? value : Object.keys(values)[0]];
  });
  return Object.fromEntries(settings) as Look;
}
