import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

// Tests the built package. `npm test` builds it first.
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Manifest {
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === 'string' ? [] : [{ entry: path.replace(/^\./, 'assistants-react'), ...target }],
);

/** Lists the modules that a built file imports. */
function readImports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(
      /^(?:import|export)\b[^'"]*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm,
    ),
  ].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

/** Lists all files that an entry point reaches, and the packages that they import. */
function readGraph(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of readImports(file)) {
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(join(root, entry));
  return {
    files: [...files].map((file) => relative(root, file)),
    packages: [...packages].toSorted(),
  };
}

/** Runs a module in a separate Node process, without Vite and without a document. */
function runInNode(source: string): string {
  // An app does not have the settings of the test runner.
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, NODE_ENV: 'production' },
  });
}

it.each(entries)('$entry names existing files', ({ types, default: code }) => {
  expect([types, code].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

it.each(entries)('$entry can be imported in plain Node', ({ entry }) => {
  const names = JSON.parse(
    runInNode(
      `import * as entry from '${entry}'; console.log(JSON.stringify(Object.keys(entry)));`,
    ),
  ) as string[];
  expect(names.length).toBeGreaterThan(0);
  expect(names).not.toContain('default');
});

it.each([
  ['assistants-react/client', /^(openapi-fetch|eventsource-parser)(\/|$)/],
  ['assistants-react/proxy', /^(hono|eventsource-parser)(\/|$)/],
])('%s imports no React', (name, allowed) => {
  const found = entries.find(({ entry }) => entry === name);
  const { packages } = readGraph(found?.default ?? '');
  expect(packages.filter((specifier) => !allowed.test(specifier))).toEqual([]);
});

it('assistants-react/backend imports neither React nor Node modules', () => {
  const { packages, files } = readGraph('dist/entries/backend.js');
  expect(
    packages.filter((specifier) =>
      /^(react|@tanstack|node:|@hono\/node-server|lucide)/.test(specifier),
    ),
  ).toEqual([]);
  expect(files.some((file) => file.endsWith('backend.js'))).toBe(true);
});

it('the main entry imports neither the backend nor the proxy', () => {
  const { files } = readGraph('dist/index.js');
  expect(files.filter((file) => /^dist\/(backend|proxy)\//.test(file))).toEqual([]);
});

it.each(entries)('$entry imports only declared dependencies', ({ default: code }) => {
  const known = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
  const unknown = readGraph(code).packages.filter(
    (specifier) =>
      !specifier.startsWith('node:') &&
      !known.some((name) => specifier === name || specifier.startsWith(`${name}/`)),
  );
  expect(unknown).toEqual([]);
});

it('marks the main entry and the views with "use client", and no server entry', () => {
  const isClient = (file: string) =>
    /^["']use client["']/.test(readFileSync(join(root, file), 'utf8'));
  expect(isClient('dist/index.js')).toBe(true);
  expect(
    readGraph('dist/index.js')
      .files.filter(
        (file) => /views\/thread\/Thread[A-Z]\w*\.js$/.test(file) && !file.endsWith('Context.js'),
      )
      .every(isClient),
  ).toBe(true);
  for (const entry of ['client', 'backend', 'backend-node', 'backend-postgres', 'proxy']) {
    expect(readGraph(`dist/entries/${entry}.js`).files.filter(isClient)).toEqual([]);
  }
});

it('has one stylesheet in its own layer, whose colours follow the color scheme', () => {
  const css = readFileSync(join(root, 'dist/styles.css'), 'utf8');
  expect(css).toMatch(/^@layer theme, base, components, utilities;/);
  expect(css).toContain('@layer components.assistants{');
  expect(css).toContain('light-dark(');
  expect(css).not.toContain('@import');
  expect(css).not.toMatch(/url\((?!["']?data:)/);
});

it('has a declaration for every file, and contains no absolute path', () => {
  const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' });
  // The bundler adds `_virtual` files for namespace objects.
  const code = files.filter((file) => file.endsWith('.js') && !file.startsWith('_virtual'));
  expect(code.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts')))).toEqual([]);
  const withPath = files.filter(
    (file) =>
      /\.(js|css|d\.ts|map)$/.test(file) &&
      readFileSync(join(root, 'dist', file), 'utf8').includes(root),
  );
  expect(withPath).toEqual([]);
});

it('renders on a server', () => {
  const html = runInNode(`
    import { createElement as h } from 'react';
    import { renderToString } from 'react-dom/server';
    import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
    const client = createAssistantsClient();
    console.log(renderToString(h(AssistantsProvider, { client }, h(ThreadView, { assistantId: 'asst_1', suggestions: ['Hello'] }))));
  `);
  expect(html).toContain('What can I help with?');
  expect(html).toContain('<textarea');
});

it('runs the backend in plain Node', () => {
  const output = runInNode(`
    import { createBackend, scriptedModel } from 'assistants-react/backend';
    import { createAssistantsClient } from 'assistants-react/client';
    const client = createAssistantsClient({ fetch: createBackend({ model: scriptedModel([{ say: 'Hello' }]) }).fetch });
    const { id } = await client.createAssistant({ body: { model: 'scripted' } });
    const response = await client.stream('createThreadAndRun', { body: { assistant_id: id, stream: true, thread: { messages: [{ role: 'user', content: 'Hi' }] } } });
    console.log((await response.text()).includes('event: thread.run.completed'));
  `);
  expect(output.trim()).toBe('true');
});

it.each(entries.filter(({ entry }) => entry !== 'assistants-react/devtools'))(
  '$entry contains nothing of the devtools',
  ({ default: code }) => {
    const { files } = readGraph(code);
    expect(files.filter((file) => file.startsWith('dist/devtools/'))).toEqual([]);
  },
);
