import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

/** Exports whose docblock must have an `@example`. */
const WITH_EXAMPLE = [
  'AssistantsProvider',
  'chatCompletionsModel',
  'Composer',
  'createAssistantsClient',
  'createBackend',
  'createProxy',
  'defineTool',
  'followRun',
  'Message',
  'RunStatus',
  'scriptedModel',
  'serve',
  'ThreadView',
  'ToolOutputForm',
  'useAssistants',
  'useAttachments',
  'useConversation',
  'useCreateMessage',
  'useCreateRun',
  'useRun',
  'useSubmitToolOutputs',
  'useThreadMessages',
  'useThreads',
  'useToolCalls',
];

/** Names that snippets use without declaring them, with their types. */
const PROVIDED: Readonly<Record<string, string>> = {
  client: "import('assistants-react').AssistantsClient",
  assistantId: 'string',
  threadId: 'string',
  runId: 'string',
  setThreadId: '(threadId: string | undefined) => void',
  fetchToken: '() => Promise<string>',
  secretKey: 'string',
  getUserId: '(request: Request) => string | undefined',
  pool: '{ query: (sql: string, values?: string[]) => Promise<{ rows: object[] }> }',
};

/** Props of `Thread.Root` in the composition that docs/customizing.md shows. */
const ROOT_PROPS = 'assistantId={assistantId} threadId={threadId} onThreadIdChange={setThreadId}';

interface Snippet {
  /** The file and the name of the documented export. */
  source: string;
  code: string;
}

/** The entry points in the order in which names are looked up. */
const ENTRIES = {
  'assistants-react': 'src/index.ts',
  'assistants-react/client': 'src/entries/client.ts',
  'assistants-react/backend': 'src/entries/backend.ts',
  'assistants-react/backend/node': 'src/entries/backend-node.ts',
  'assistants-react/backend/postgres': 'src/entries/backend-postgres.ts',
  'assistants-react/proxy': 'src/entries/proxy.ts',
  'assistants-react/devtools': 'src/entries/devtools.ts',
  'assistants-react/schema-form': 'src/entries/schema-form.ts',
};

/** The entry point of each exported value. */
const entryByName = new Map(
  Object.entries(ENTRIES)
    .toReversed()
    .flatMap(([entry, file]) => readExports(file).map((name) => [name, entry] as const)),
);

function readExports(file: string): string[] {
  return [...read(file).matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  );
}

const DOCBLOCK =
  /\/\*\*((?:(?!\*\/).)*?@example.*?)\*\/\s*export (?:async )?(?:const|function|class) (\w+)/gs;

const SKILL = 'skills/assistants-react/SKILL.md';

const pages = [
  'README.md',
  SKILL,
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const pageSnippets: Snippet[] = pages.flatMap((page) =>
  [...read(page).matchAll(/```tsx?\n(.*?)```/gs)].map(([, code = '']) => ({ source: page, code })),
);
const examples: Snippet[] = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .flatMap((name) => findExamples(`src/${name.replaceAll('\\', '/')}`));

/** Returns the code of every `@example` of a file, with or without a code fence. */
function findExamples(file: string): Snippet[] {
  return [...read(file).matchAll(DOCBLOCK)].flatMap(([, docblock = '', name = '']) => {
    const text = docblock.replace(/^ *\* ?/gm, '');
    return [...text.matchAll(/^@example\s*(.*?)(?=^@|$(?![\s\S]))/gms)].map(([, example = '']) => ({
      source: `${file} ${name}`,
      code: /```tsx?\n(.*?)```/s.exec(example)?.[1] ?? example,
    }));
  });
}

/** Completes a snippet with imports and declarations of the provided names. */
function toModule(code: string): string {
  const tree = ts.createSourceFile('snippet.tsx', code, ts.ScriptTarget.Latest, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) (isDeclaration(node) ? declared : used).add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const missing = [...used].filter((name) => !declared.has(name));
  const imports = missing.flatMap((name) => {
    const entry = name in PROVIDED ? undefined : entryByName.get(name);
    return entry === undefined ? [] : [`import { ${name} } from '${entry}';`];
  });
  const provided = missing
    .filter((name) => name in PROVIDED)
    .map((name) => `declare const ${name}: ${PROVIDED[name]};`);
  return [...imports, ...provided, code, 'export {};', ''].join('\n');
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  if (!('name' in parent) || parent.name !== node) return false;
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isBindingElement(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionDeclaration(parent)
  );
}

/** Compiles snippets in one program. Returns the code and the message of each error. */
function compile(snippets: readonly Snippet[]): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) =>
    readFileSync(path, 'utf8'),
  ) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const sources = new Map(
    snippets.map((snippet, index) => [`${root}test/snippet${index}.tsx`, snippet]),
  );
  const files = new Map([...sources].map(([path, { code }]) => [path, toModule(code)]));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    readFile: (path) => files.get(path) ?? disk.readFile(path),
    getSourceFile(path, languageVersion, ...rest) {
      const text = files.get(path);
      return text === undefined
        ? disk.getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, text, languageVersion, true, ts.ScriptKind.TSX);
    },
  };
  const program = ts.createProgram([...files.keys()], { ...options, noEmit: true }, host);
  return [...sources].flatMap(([path, { source, code }]) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) =>
        `${source}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${code.slice(0, 400)}`,
    );
  });
}

let errors: string[];
beforeAll(() => {
  errors = compile([...pageSnippets, ...examples]);
});

it.each(pages)('compiles the code of %s', (page) => {
  expect(errors.filter((error) => error.startsWith(`${page}:`))).toEqual([]);
});

it('names every page of the documentation in the skill', () => {
  const linked = [...read(SKILL).matchAll(/\.\.\/\.\.\/(docs\/[\w-]+\.md)/g)].map(
    ([, page]) => page,
  );
  expect(new Set(linked)).toEqual(new Set(pages.filter((page) => page.startsWith('docs/'))));
});

it('runs the test of the testing guide', () => {
  const snippet = pageSnippets.find(
    ({ source, code }) => source === 'docs/testing.md' && code.includes("it('"),
  );
  expect(read('test/exports/testingGuide.test.tsx')).toBe(snippet?.code);
});

it('shows the composition of ThreadView', () => {
  const [, body = ''] =
    /\n {2}return \((.*)\);\n\}/s.exec(read('src/views/thread/ThreadView.tsx')) ?? [];
  const composition = body
    .replace('{...props}', ROOT_PROPS)
    .replace('{empty}', '{<Thread.Empty />}')
    .replace('{composer}', '<Thread.Composer />')
    .replace('{hasSearch && <Thread.Search />}', '<Thread.Search />')
    .replace('{children}', '');
  const toWords = (code: string) => code.trim().split(/\s+/).join(' ');
  const shown = pageSnippets
    .filter(({ source }) => source === 'docs/customizing.md')
    .map(({ code }) => toWords(code));
  expect(shown).toContain(toWords(composition));
});

it('compiles the examples of docblocks', () => {
  expect(errors.filter((error) => error.startsWith('src/'))).toEqual([]);
});

it.each(WITH_EXAMPLE)('%s has an example', (name) => {
  expect(examples.map(({ source }) => source.split(' ')[1])).toContain(name);
});
