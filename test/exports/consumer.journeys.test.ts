import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Compiles an app that has installed the packed package. `npm test` builds it first.
const root = fileURLToPath(new URL('../..', import.meta.url));
const app = mkdtempSync(join(tmpdir(), 'consumer-'));

interface Manifest {
  name: string;
  exports: Record<string, string | { types: string }>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === 'string' ? [] : [path.replace(/^\./, manifest.name)],
);

/** Installs the packed package, with the dependencies that the repository has installed. */
beforeAll(() => {
  const options = { cwd: root, encoding: 'utf8' } as const;
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', app], options);
  const tarball = readdirSync(app).find((name) => name.endsWith('.tgz')) ?? '';
  const installed = join(app, 'node_modules', manifest.name);
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(app, tarball), '-C', installed, '--strip-components=1']);
  const types = ['@types/node', '@types/react', '@types/react-dom'];
  for (const name of [
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.peerDependencies),
    ...types,
  ]) {
    const link = join(app, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', type: 'module' }));
});

afterAll(() => rmSync(app, { recursive: true, force: true }));

/** Compiles modules with the strictest options, library declarations included. Returns the errors. */
function compile(
  modules: Readonly<Record<string, string>>,
  moduleResolution: 'bundler' | 'nodenext',
): string[] {
  const files = Object.entries(modules).map(([name, source]) => {
    const file = join(app, name);
    writeFileSync(file, source);
    return file;
  });
  const isBundler = moduleResolution === 'bundler';
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    module: isBundler ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext,
    moduleResolution: isBundler
      ? ts.ModuleResolutionKind.Bundler
      : ts.ModuleResolutionKind.NodeNext,
    jsx: ts.JsxEmit.ReactJSX,
    types: ['node'],
    typeRoots: [join(app, 'node_modules/@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file: at, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    return `${at?.fileName.replace(app, '') ?? ''}: ${text}`;
  });
}

const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}';`);
const uses = entries.map((_, index) => `entry${index}`);

const importsEverything = `${imports.join('\n')}
  import '${manifest.name}/styles.css';
  console.log(${uses.join(', ')});
`;

const readsTypesOfOptions = `
  import { QueryClient } from '@tanstack/react-query';
  import { createAssistantsClient, getRunOptions, listMessagesOptions, newestRunOptions, type Message, type Run } from 'assistants-react/client';
  const client = createAssistantsClient({ baseUrl: 'http://localhost/v1' });
  const queryClient = new QueryClient();
  type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
  const ids = { threadId: 't', runId: 'r' };
  const run = queryClient.getQueryData(getRunOptions(client, ids).queryKey);
  const newest = queryClient.getQueryData(newestRunOptions(client, ids).queryKey);
  const messages = queryClient.getQueryData(listMessagesOptions(client, ids).queryKey)?.pages[0]?.data;
  export const equal: [
    Equal<typeof run, Run | undefined>,
    Equal<typeof newest, Run | null | undefined>,
    Equal<typeof messages, Message[] | undefined>,
  ] = [true, true, true];
`;

it.each(['bundler', 'nodenext'] as const)(
  'every entry compiles in an app with %s resolution, and option factories keep the types of their data',
  (resolution) => {
    const modules = { 'entries.tsx': importsEverything, 'options.ts': readsTypesOfOptions };
    expect(compile(modules, resolution)).toEqual([]);
  },
);
