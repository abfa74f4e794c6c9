import type { Decorator, Preview } from '@storybook/react-vite';
import { useLayoutEffect } from 'react';
import 'assistants-react/styles.css';

const themes = ['light', 'dark'] as const;

/** Paints the page under the story in the chosen theme; on a docs page, where stories share it, only the story's own box. */
const inTheme: Decorator = function InTheme(Story, { globals, viewMode }) {
  const theme = themes.find((name) => name === globals['theme']) ?? 'light';
  useLayoutEffect(() => {
    if (viewMode === 'docs') return undefined;
    const page = document.documentElement;
    page.dataset['theme'] = theme;
    page.style.colorScheme = theme;
    return () => {
      delete page.dataset['theme'];
      page.style.removeProperty('color-scheme');
    };
  }, [theme, viewMode]);
  return (
    <div
      data-theme={theme}
      style={{ colorScheme: theme, background: 'Canvas', color: 'CanvasText', padding: '1rem' }}
    >
      <Story />
    </div>
  );
};

const preview: Preview = {
  decorators: [inTheme],
  tags: ['autodocs'],
  globalTypes: {
    theme: {
      description: 'Colour scheme of the story',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        items: themes.map((value) => ({ value, title: value === 'light' ? 'Light' : 'Dark' })),
        dynamicTitle: true,
      },
    },
  },
  // The tests run every story in both, see vitest.config.ts.
  initialGlobals: { theme: import.meta.env.STORYBOOK_THEME === 'dark' ? 'dark' : 'light' },
  parameters: {
    layout: 'fullscreen',
    controls: { expanded: true },
    // From the whole to its parts.
    options: { storySort: { order: ['Introduction', 'Views', 'Components'] } },
    // An accessibility violation fails the story's test.
    a11y: { test: 'error' },
  },
};

export default preview;
