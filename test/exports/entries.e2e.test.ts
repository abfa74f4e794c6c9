import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

// What is built, as an app finds it: `npm test` builds it before.
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Manifest {
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const doors = Object.entries(manifest.exports).flatMap(([door, target]) =>
  typeof target === 'string' ? [] : [{ door: door.replace(/^\./, 'assistants-react'), ...target }],
);

/** What a module file imports, types apart: they are gone. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(
      /^(?:import|export)\b[^'"]*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm,
    ),
  ].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

/** All files behind a door, and the packages they import. */
function graphOf(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of importsOf(file)) {
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

/** Runs a module in a Node of its own, that knows neither Vite nor a page. */
function runInNode(source: string): string {
  // The test runner's settings are not an app's.
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, NODE_ENV: 'production' },
  });
}

it.each(doors)('$door leads to files that are there', ({ types, default: code }) => {
  expect([types, code].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

it.each(doors)('$door is imported by plain Node', ({ door }) => {
  const names = JSON.parse(
    runInNode(`import * as door from '${door}'; console.log(JSON.stringify(Object.keys(door)));`),
  ) as string[];
  expect(names.length).toBeGreaterThan(0);
  expect(names).not.toContain('default');
});

it.each([
  ['assistants-react/client', /^openapi-fetch/],
  ['assistants-react/proxy', /^hono(\/|$)/],
])('%s knows nothing of React', (name, allowed) => {
  const door = doors.find((each) => each.door === name);
  const { packages } = graphOf(door?.default ?? '');
  expect(packages.filter((specifier) => !allowed.test(specifier))).toEqual([]);
});

it('assistants-react/backend knows nothing of React and of Node', () => {
  const { packages, files } = graphOf('dist/entries/backend.js');
  expect(
    packages.filter((specifier) =>
      /^(react|@tanstack|node:|@hono\/node-server|lucide)/.test(specifier),
    ),
  ).toEqual([]);
  expect(files.some((file) => file.endsWith('backend.js'))).toBe(true);
});

it('the main door brings neither the backend nor the proxy', () => {
  const { files } = graphOf('dist/index.js');
  expect(files.filter((file) => /^dist\/(backend|proxy)\//.test(file))).toEqual([]);
});

it.each(doors)('$door imports only packages that an install brings', ({ default: code }) => {
  const known = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
  const unknown = graphOf(code).packages.filter(
    (specifier) =>
      !specifier.startsWith('node:') &&
      !known.some((name) => specifier === name || specifier.startsWith(`${name}/`)),
  );
  expect(unknown).toEqual([]);
});

it('says "use client" at the main door and in the views, and nowhere behind the doors of servers', () => {
  const isClient = (file: string) =>
    /^["']use client["']/.test(readFileSync(join(root, file), 'utf8'));
  expect(isClient('dist/index.js')).toBe(true);
  expect(
    graphOf('dist/index.js')
      .files.filter(
        (file) => /views\/thread\/Thread[A-Z]\w*\.js$/.test(file) && !file.endsWith('Context.js'),
      )
      .every(isClient),
  ).toBe(true);
  for (const door of ['client', 'backend', 'backend-node', 'proxy']) {
    expect(graphOf(`dist/entries/${door}.js`).files.filter(isClient)).toEqual([]);
  }
});

it('brings one stylesheet, in its layer, whose colours follow the page', () => {
  const css = readFileSync(join(root, 'dist/styles.css'), 'utf8');
  expect(css).toMatch(/^@layer assistants/);
  expect(css).toContain('light-dark(');
  expect(css).not.toContain('@import');
  expect(css).not.toMatch(/url\((?!["']?data:)/);
});

it('has declarations beside every file of its own, and tells no path of the machine it was built on', () => {
  const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' });
  // What the bundler adds makes `keys` an object.
  const code = files.filter((file) => file.endsWith('.js') && !file.startsWith('_virtual'));
  expect(code.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts')))).toEqual([]);
  const told = files.filter(
    (file) =>
      /\.(js|css|d\.ts|map)$/.test(file) &&
      readFileSync(join(root, 'dist', file), 'utf8').includes(root),
  );
  expect(told).toEqual([]);
});

it('renders on a server, where there is no page', () => {
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

it('answers from the backend in plain Node', () => {
  const answer = runInNode(`
    import { createBackend, scriptedModel } from 'assistants-react/backend';
    import { createAssistantsClient } from 'assistants-react/client';
    const client = createAssistantsClient({ fetch: createBackend({ model: scriptedModel([{ say: 'Hello' }]) }).fetch });
    const { id } = await client.createAssistant({ body: { model: 'scripted' } });
    const response = await client.open('createThreadAndRun', { body: { assistant_id: id, stream: true, thread: { messages: [{ role: 'user', content: 'Hi' }] } } });
    console.log((await response.text()).includes('event: thread.run.completed'));
  `);
  expect(answer.trim()).toBe('true');
});
