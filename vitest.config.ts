import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumArguments, findChromium } from './scripts/findChromium.js';
import { sourceAlias } from './sourceAlias.js';

const chromium = findChromium();

// No test may depend on the speed of the machine: these limits only end tests that hang.
const limits = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 120_000 } },
};

// A new object for each project, because vitest modifies it.
const createBrowserOptions = (contextOptions = {}) => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: {
      args: chromiumArguments,
      ...(chromium === undefined ? {} : { executablePath: chromium }),
    },
    actionTimeout: 120_000,
    contextOptions,
  }),
  instances: [{ browser: 'chromium' as const }],
});

// Vite reloads the page when it discovers a dependency during a test, so it scans all sources first.
const optimizeDeps = {
  entries: [
    'src/**/*.{ts,tsx}',
    'stories/**/*.{ts,tsx}',
    'test/**/*.browser.test.tsx',
    '.storybook/preview.tsx',
  ],
  include: [
    'axe-core',
    'react',
    'react-dom',
    'react-dom/client',
    'react/jsx-runtime',
    'react/jsx-dev-runtime',
    '@tanstack/react-query',
    'storybook/theming/create',
  ],
};

// By default, vitest leaves a core to itself, which is half of a machine with two.
const maxWorkers = '100%';

/** Lets the processes that read uploaded files run the sources. */
const env = { NODE_OPTIONS: `--import=${new URL('scripts/loadSources.js', import.meta.url).href}` };

const base = { resolve: { alias: sourceAlias }, plugins: [react()] };

const node: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'node',
    maxWorkers,
    // Loading all modules for each file would take half of the time.
    isolate: false,
    environment: 'node',
    env,
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/**/*.e2e.test.ts',
      'test/**/*.journeys.test.ts',
      'test/**/*.slow.test.ts',
      'test/**/*.embedding.test.ts',
      'test/**/*.engines.test.ts',
    ],
    setupFiles: ['test/preloadLazyModules.ts'],
  },
};

const dom: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'dom',
    maxWorkers,
    // A window and libraries for each file would take half of the time. `resetPage.ts` separates the files.
    isolate: false,
    environment: 'jsdom',
    env,
    include: ['test/**/*.test.tsx'],
    exclude: ['test/**/*.browser.test.tsx'],
    setupFiles: ['test/setup.ts', 'test/resetPage.ts', 'test/preloadLazyModules.ts'],
  },
};

const browser: TestProjectInlineConfiguration = {
  ...base,
  optimizeDeps,
  test: {
    ...limits,
    name: 'browser',
    sequence: { groupOrder: 1 },
    include: ['test/**/*.browser.test.tsx'],
    setupFiles: ['test/setup.ts', 'test/preloadLazyModules.ts'],
    browser: createBrowserOptions(),
  },
};

/** Runs every story with its play function. Checks axe in light, and the contrast once more in dark: see preview.tsx. */
const storybook: TestProjectInlineConfiguration = {
  // Without the alias, stories would import the last build of the package.
  resolve: base.resolve,
  plugins: [storybookTest({ configDir: fileURLToPath(new URL('.storybook', import.meta.url)) })],
  optimizeDeps,
  test: {
    ...limits,
    name: 'storybook',
    sequence: { groupOrder: 1 },
    env: { CHECK_DARK_THEME: 'true' },
    // One page for all stories takes half the time. Each story has its own backend and QueryClient anyway.
    // A check of contrast must not see an element that fades in.
    browser: { ...createBrowserOptions({ reducedMotion: 'reduce' }), isolate: false },
  },
};

const endToEnd: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'e2e',
    maxWorkers,
    environment: 'node',
    include: ['test/**/*.e2e.test.ts'],
    globalSetup: ['test/e2e/globalSetup.ts'],
  },
};

/** `npm run test:journeys`: end-to-end tests that together take minutes. The most important ones are in the project `e2e`. */
const journeys: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'journeys',
    maxWorkers,
    environment: 'node',
    include: ['test/**/*.journeys.test.ts'],
    globalSetup: ['test/e2e/globalSetup.ts'],
  },
};

/** Lists the tests that do more with their full budget, see test/budget.ts. */
function listBudgetedTests(): string[] {
  const folder = fileURLToPath(new URL('test', import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file) && !file.startsWith('cluster'))
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) =>
      /\b(numRuns|assertProperty)\(/.test(readFileSync(new URL(file, import.meta.url), 'utf8')),
    );
}

/** `npm run test:embedding`: the chat in the apps of `test/embedding`. One of them is tested with the end-to-end tests. */
const embedding: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'embedding',
    environment: 'node',
    env,
    include: ['test/embedding/*.embedding.test.ts'],
    globalSetup: ['test/e2e/globalSetup.ts'],
  },
};

/** `npm run test:engines`: the main journey in Chromium, Firefox and WebKit. */
const engines: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'engines',
    environment: 'node',
    env,
    include: ['test/engines/*.engines.test.ts'],
    globalSetup: ['test/e2e/globalSetup.ts'],
  },
};

/**
 * `npm run test:cluster`: three servers with one database, with the full budget of their end-to-end test, and the tests of the
 * contract and of other clients with three backends, see `createClusterBackend`.
 */
const cluster: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'cluster',
    maxWorkers,
    environment: 'node',
    include: [
      'test/cluster/*.test.ts',
      'test/backend/{conformance,openaiClients.*,azureAgents,azureClients,threads}.test.ts',
    ],
    env: { ...env, FULL_BUDGET: '1' },
    globalSetup: ['test/cluster/globalSetup.ts'],
    setupFiles: ['test/cluster/setup.ts', 'test/preloadLazyModules.ts'],
    testTimeout: 3_600_000,
  },
};

/**
 * `npm run test:slow`: tests that take minutes, some of which need root on Linux for their own disks, and all tests with a
 * larger budget.
 */
const slow: TestProjectInlineConfiguration = {
  ...base,
  test: {
    ...limits,
    name: 'slow',
    environment: 'node',
    include: ['test/**/*.slow.test.ts', ...listBudgetedTests()],
    env: { ...env, FULL_BUDGET: '1' },
    setupFiles: ['test/setup.ts', 'test/preloadLazyModules.ts'],
    testTimeout: 3_600_000,
    // The default would use one of two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
};

export default defineConfig({
  test: {
    projects: [
      node,
      dom,
      browser,
      storybook,
      endToEnd,
      journeys,
      embedding,
      engines,
      cluster,
      slow,
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/protocol/schema.ts', 'src/backend/http/requestSchemas.ts'],
    },
  },
});
