import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

/** What the pieces of the README take as given. */
const GIVEN: Readonly<Record<string, string>> = {
  client: "import('assistants-react').AssistantsClient",
  assistantId: 'string',
  threadId: 'string',
  setThreadId: '(threadId: string | undefined) => void',
  tokenOfThePerson: '() => Promise<string>',
  secretKey: 'string',
  userOf: '(request: Request) => string',
};

const mainDoor = new Set(
  [...read('src/index.ts').matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  ),
);
const pieces = [...read('README.md').matchAll(/```tsx?\n(.*?)```/gs)].map(([, code = '']) => code);

/** A piece with what it takes as given: the names of the main door, and those above. */
function moduleOf(code: string): string {
  const tree = ts.createSourceFile(
    'piece.tsx',
    code,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const isName = 'name' in node.parent && node.parent.name === node;
      const declares =
        isName &&
        (ts.isVariableDeclaration(node.parent) ||
          ts.isImportSpecifier(node.parent) ||
          ts.isBindingElement(node.parent) ||
          ts.isFunctionDeclaration(node.parent));
      (declares ? declared : used).add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const missing = [...used].filter((name) => !declared.has(name));
  const imported = missing.filter((name) => mainDoor.has(name) && !(name in GIVEN));
  const given = missing
    .filter((name) => name in GIVEN)
    .map((name) => `declare const ${name}: ${GIVEN[name]};`);
  return `import { ${imported.join(', ')} } from 'assistants-react';\n${given.join('\n')}\n${code}\nexport {};\n`;
}

it('shows code that compiles', () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) =>
    readFileSync(path, 'utf8'),
  ) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = new Map(
    pieces.map((code, index) => [`${root}test/readme${index}.tsx`, moduleOf(code)]),
  );
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
  const program = ts.createProgram(
    [...files.keys(), `${root}src/css.d.ts`].filter((path) => host.fileExists(path)),
    { ...options, noEmit: true, noUnusedLocals: false },
    host,
  );
  const wrong = [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(
      ({ messageText }) =>
        `${files.get(path)?.slice(0, 400)}\n${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
  expect(files.size).toBeGreaterThan(7);
  expect(wrong).toEqual([]);
}, 60_000);
