import type { Decorator, Preview } from '@storybook/react-vite';
import { useLayoutEffect } from 'react';
import { configure } from 'storybook/test';
import 'assistants-react/styles.css';
import { checkDarkTheme } from './checkDarkTheme.js';
import './docs.css';
import { isDark, theme as docsTheme } from './theme.js';

// Only ends tests that hang: no test may depend on the speed of the machine.
configure({ asyncUtilTimeout: 60_000 });

const themes = ['light', 'dark'] as const;

/** Applies the chosen theme to the page, or on a docs page, which stories share, to the story's own box. */
const withTheme: Decorator = function WithTheme(Story, { globals, viewMode }) {
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
      data-story-box=""
      style={{ colorScheme: theme, background: 'Canvas', color: 'CanvasText', padding: '1rem' }}
    >
      <Story />
    </div>
  );
};

const preview: Preview = {
  decorators: [withTheme],
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
  initialGlobals: { theme: isDark ? 'dark' : 'light' },
  parameters: {
    layout: 'fullscreen',
    controls: { expanded: true },
    docs: { theme: docsTheme },
    options: {
      storySort: {
        order: [
          'Introduction',
          'Guides',
          ['Getting started', 'Concepts', 'Customizing', 'Testing', 'Troubleshooting'],
          'Views',
          'Components',
        ],
      },
    },
    // An accessibility violation fails the story's test.
    a11y: { test: 'error' },
  },
  async afterEach({ globals }) {
    // Set by the test run, see vitest.config.ts.
    if (import.meta.env['CHECK_DARK_THEME'] === 'true' && globals['theme'] !== 'dark') {
      await checkDarkTheme();
    }
  },
};

export default preview;
