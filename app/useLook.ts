import type { PartialComponentTexts } from 'assistants-react';
import { useEffect, useState } from 'react';

/** Appearance of the playground. */
export interface Look {
  theme: 'system' | 'light' | 'dark';
  language: LanguageTag;
  direction: 'auto' | 'ltr' | 'rtl';
  density: 'comfortable' | 'compact';
  /** Color of `--assistants-accent`. Empty for the default. */
  accent: string;
}

export type LanguageTag = keyof typeof LANGUAGES;

/** Languages of the texts of the library, with their catalogues. */
export const LANGUAGES = {
  en: { name: 'English', load: async () => undefined },
  ar: {
    name: 'العربية',
    load: async () => (await import('assistants-react/languages/arabic')).arabic,
  },
  zh: {
    name: '中文',
    load: async () => (await import('assistants-react/languages/chinese')).chinese,
  },
  fr: {
    name: 'Français',
    load: async () => (await import('assistants-react/languages/french')).french,
  },
  de: {
    name: 'Deutsch',
    load: async () => (await import('assistants-react/languages/german')).german,
  },
  ja: {
    name: '日本語',
    load: async () => (await import('assistants-react/languages/japanese')).japanese,
  },
  es: {
    name: 'Español',
    load: async () => (await import('assistants-react/languages/spanish')).spanish,
  },
};

/** Accents to choose from. Each has a readable variant for light and for dark pages. */
export const ACCENTS = {
  Blue: '',
  Violet: 'light-dark(oklch(0.43 0.19 300), oklch(0.82 0.09 300))',
  Green: 'light-dark(oklch(0.42 0.1 155), oklch(0.82 0.1 155))',
  Red: 'light-dark(oklch(0.43 0.16 25), oklch(0.82 0.09 25))',
} as const;

const DEFAULT_LOOK: Look = {
  theme: 'system',
  language: 'en',
  direction: 'auto',
  density: 'comfortable',
  accent: '',
};

const CHOICES: Record<keyof Look, readonly string[]> = {
  theme: ['system', 'light', 'dark'],
  language: Object.keys(LANGUAGES),
  direction: ['auto', 'ltr', 'rtl'],
  density: ['comfortable', 'compact'],
  accent: Object.values(ACCENTS),
};

const STORAGE_KEY = 'assistants-react:look';

/** The appearance of the page, remembered by the browser, and the texts of its language. */
export function useLook(): {
  look: Look;
  change: (changes: Partial<Look>) => void;
  cycleTheme: () => void;
  texts: PartialComponentTexts | undefined;
} {
  const [look, setLook] = useState(readLook);
  const [texts, setTexts] = useState<PartialComponentTexts>();
  useEffect(() => {
    let isCurrent = true;
    void LANGUAGES[look.language].load().then((loaded) => {
      if (isCurrent) setTexts(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [look.language]);
  useEffect(() => {
    applyLook(look);
    localStorage.setItem(STORAGE_KEY, JSON.stringify(look));
  }, [look]);
  const change = (changes: Partial<Look>) => setLook((before) => ({ ...before, ...changes }));
  const cycleTheme = () => {
    const next = CHOICES.theme.indexOf(look.theme) + 1;
    change({ theme: CHOICES.theme[next % CHOICES.theme.length] as Look['theme'] });
  };
  return { look, change, cycleTheme, texts };
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
  page.style.setProperty('--assistants-accent', look.accent);
}

/** Reads the stored look. Entries that are damaged, or of another version, are dropped. */
function readLook(): Look {
  try {
    const stored = Object(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}')) as object;
    const known = Object.entries(stored).filter(
      ([name, value]) => name in CHOICES && CHOICES[name as keyof Look].includes(String(value)),
    );
    return { ...DEFAULT_LOOK, ...Object.fromEntries(known) };
  } catch {
    return DEFAULT_LOOK;
  }
}
