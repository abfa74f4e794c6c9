import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumArguments, findChromium } from './scripts/findChromium.js';
import { sourceAlias } from './sourceAlias.js';

const chromium = findChromium();

// A fresh object each time: vitest writes into it.
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: {
      args: chromiumArguments,
      ...(chromium === undefined ? {} : { executablePath: chromium }),
    },
  }),
  instances: [{ browser: 'chromium' as const }],
});

// A dependency that Vite meets only while a test runs makes it reload the page under the test: read the sources first.
const optimizeDeps = {
  entries: [
    'src/**/*.{ts,tsx}',
    'stories/**/*.{ts,tsx}',
    'test/**/*.browser.test.tsx',
    '.storybook/preview.tsx',
  ],
  include: [
    'react',
    'react-dom',
    'react-dom/client',
    'react/jsx-runtime',
    'react/jsx-dev-runtime',
    '@tanstack/react-query',
  ],
};

const plain = { resolve: { alias: sourceAlias }, plugins: [react()] };

const node: TestProjectInlineConfiguration = {
  ...plain,
  test: {
    name: 'node',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.e2e.test.ts', 'test/**/*.slow.test.ts'],
  },
};

const dom: TestProjectInlineConfiguration = {
  ...plain,
  test: {
    name: 'dom',
    environment: 'jsdom',
    include: ['test/**/*.test.tsx'],
    exclude: ['test/**/*.browser.test.tsx'],
    setupFiles: ['test/setup.ts'],
  },
};

const inBrowser: TestProjectInlineConfiguration = {
  ...plain,
  optimizeDeps,
  test: {
    name: 'browser',
    include: ['test/**/*.browser.test.tsx'],
    setupFiles: ['test/setup.ts'],
    browser: browser(),
  },
};

/** Every story in one colour scheme. Contrast is the scheme's own, so both are tested. */
const stories = (name: string, theme: 'light' | 'dark'): TestProjectInlineConfiguration => ({
  // Else the package is found by its own name, and what is tested is the last build.
  resolve: plain.resolve,
  plugins: [storybookTest({ configDir: fileURLToPath(new URL('.storybook', import.meta.url)) })],
  cacheDir: `node_modules/.vite/${name}`,
  optimizeDeps,
  test: {
    name,
    env: { STORYBOOK_THEME: theme },
    // One page for all stories: half the time, and a story has its own backend and QueryClient anyway.
    browser: { ...browser(), isolate: false },
  },
});

const endToEnd: TestProjectInlineConfiguration = {
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['test/**/*.e2e.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
};

/** `npm run test:slow`: what takes minutes, and root on Linux for disks of its own. */
const slow: TestProjectInlineConfiguration = {
  test: {
    name: 'slow',
    environment: 'node',
    include: ['test/**/*.slow.test.ts'],
    testTimeout: 600_000,
    fileParallelism: false,
  },
};

export default defineConfig({
  test: {
    projects: [
      node,
      dom,
      inBrowser,
      stories('storybook', 'light'),
      stories('storybook-dark', 'dark'),
      endToEnd,
      slow,
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/protocol/schema.ts', 'src/backend/http/requestSchemas.ts'],
    },
  },
});
