import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each room may import besides itself: arrows point down only. */
const ROOMS: Record<string, readonly string[]> = {
  protocol: [],
  client: ['protocol'],
  stream: ['client', 'protocol'],
  queries: ['stream', 'client', 'protocol'],
  hooks: ['queries', 'stream', 'client', 'protocol'],
  components: ['protocol'],
  views: ['components', 'hooks', 'queries', 'stream', 'client', 'protocol'],
  schemaForm: ['components', 'protocol'],
  highlight: ['components', 'protocol'],
  math: ['components', 'protocol'],
  backend: ['protocol'],
  proxy: ['protocol'],
};

/** Which packages a room may import. */
const PACKAGES: Record<string, readonly RegExp[]> = {
  // What checks values, and what matches patterns for it, is fetched when a JSON Schema first needs it.
  protocol: [/^@cfworker\/json-schema$/, /^re2js$/],
  client: [/^openapi-fetch$/],
  stream: [],
  queries: [/^@tanstack\/react-query$/],
  // The validator is fetched when a JSON Schema first needs it.
  hooks: [/^react$/, /^@tanstack\/react-query$/, /^@cfworker\/json-schema$/],
  components: [/^react$/, /^virtua$/],
  views: [/^react$/, /^@tanstack\/react-query$/, /^virtua$/],
  schemaForm: [/^react$/, /^@rjsf\//, /^@cfworker\/json-schema$/],
  highlight: [/^react$/, /^lowlight$/, /^highlight\.js(\/|$)/],
  math: [/^react$/, /^temml$/],
  backend: [/^hono(\/|$)/, /^@cfworker\/json-schema$/, /^@hono\/node-server$/, /^node:/, /^node-sqlite3-wasm$/, /^(minisearch|unpdf|htmlparser2|papaparse)$/],
  proxy: [/^hono(\/|$)/],
};

/** The resources of the API: one file each in queries/, which know nothing of one another. */
const RESOURCES = ['assistants', 'assistantFiles', 'threads', 'messages', 'messageFiles', 'runs', 'runSteps', 'files'];

const GENERATED = ['src/protocol/schema.ts', 'src/backend/requestSchemas.ts'];

interface Import {
  from: string;
  /** As it is written. */
  specifier: string;
  /** The file it leads to; undefined for packages. */
  to: string | undefined;
  isType: boolean;
}

const sources = filesOf('src');
const imports = sources.flatMap(importsOf);

/** The TypeScript files below a folder, as paths from the root. */
function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

/** Every import and every `export ... from` of a file, `import()` and types included. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, kind);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      found.push({ from: file, specifier: specifier.text, to: resolved(file, specifier.text), isType });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly === true);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function resolved(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = normalize(join(dirname(file), specifier)).replaceAll('\\', '/');
  const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  return candidates.find((candidate) => existsSync(join(root, candidate))) ?? path;
}

function roomOf(file: string): string {
  const [, room = ''] = file.split('/');
  return room.endsWith('.ts') ? '' : room;
}

function shown({ from, specifier }: Import): string {
  return `${from} imports ${specifier}`;
}

describe('the arrows', () => {
  it('meet every source file', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  it('know every room', () => {
    const rooms = new Set(sources.map(roomOf).filter((room) => room !== '' && room !== 'doors'));
    expect([...rooms].sort()).toEqual(Object.keys(ROOMS).sort());
  });

  it('point to files that exist, by the names they have once compiled', () => {
    const wrong = imports.filter(({ to, specifier }) => to && (!existsSync(join(root, to)) || !/\.(js|css)$/.test(specifier)));
    expect(wrong.map(shown)).toEqual([]);
  });

  it.each(Object.entries(ROOMS))('of %s point down only', (room, allowed) => {
    const wrong = imports.filter(({ from, to }) => roomOf(from) === room && to && ![room, ...allowed].includes(roomOf(to)));
    expect(wrong.map(shown)).toEqual([]);
  });

  it.each(Object.entries(PACKAGES))('of %s lead to its own packages only', (room, allowed) => {
    const wrong = imports.filter(
      ({ from, to, specifier }) => roomOf(from) === room && !to && !allowed.some((pattern) => pattern.test(specifier)),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  it('reach Node from its own door and from the command only', () => {
    const webDoors = ['src/index.ts', ...filesOf('src/doors').filter((door) => door !== 'src/doors/backend-node.ts')];
    const reached = new Set(webDoors);
    for (const file of reached) {
      for (const { from, to } of imports) if (from === file && to) reached.add(to);
    }
    const wrong = imports.filter(({ specifier, from }) => /^(node:|@hono\/node-server|node-)/.test(specifier) && reached.has(from));
    expect(reached.size).toBeGreaterThan(100);
    expect(wrong.map(shown)).toEqual([]);
  });

  it('form no circle', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to, isType } of imports) {
      if (to && !isType) edges.set(from, [...(edges.get(from) ?? []), to]);
    }
    expect(circleIn(edges)).toEqual([]);
  });
});

describe('queries', () => {
  it('has a file for each resource, and none of them imports another', () => {
    const files = RESOURCES.map((name) => `src/queries/${name}.ts`);
    expect(files.filter((file) => !sources.includes(file))).toEqual([]);
    expect(imports.filter(({ from, to }) => files.includes(from) && to && files.includes(to)).map(shown)).toEqual([]);
  });

  it('uses no hook and no component of TanStack Query', () => {
    const names = filesOf('src/queries').flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return text.match(/\buse(Query|Mutation|InfiniteQuery|QueryClient)\(/g)?.map((name) => `${file}: ${name}`) ?? [];
    });
    expect(names).toEqual([]);
  });
});

describe('doors', () => {
  const doors = ['src/index.ts', ...filesOf('src/doors')];

  it.each(doors)('%s is a list of exports', (door) => {
    const text = readFileSync(join(root, door), 'utf8');
    const tree = ts.createSourceFile(door, text, ts.ScriptTarget.Latest);
    const isListed = (node: ts.Statement) =>
      ts.isExportDeclaration(node) || (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression));
    expect(tree.statements.filter((node) => !isListed(node)).map((node) => node.getText(tree))).toEqual([]);
  });

  it.each(doors)('%s names every value it exports', (door) => {
    const text = readFileSync(join(root, door), 'utf8');
    expect(text).not.toMatch(/^export \* (?!as )/m);
  });

  it('are the only files that export from others, the short names of wire types apart', () => {
    const barrels = sources.filter((file) => ![...doors, 'src/protocol/types.ts'].includes(file)).filter((file) => {
      const tree = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
      return tree.statements.some((node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined);
    });
    expect(barrels).toEqual([]);
  });

  it('keep the backend and the proxy out of the main door', () => {
    const wrong = imports.filter(({ from, to }) => from === 'src/index.ts' && to && ['backend', 'proxy'].includes(roomOf(to)));
    expect(wrong.map(shown)).toEqual([]);
  });

  it.each([
    ['src/doors/client.ts', ['protocol', 'client', 'stream', 'queries']],
    ['src/doors/backend.ts', ['protocol', 'backend']],
    // Its functions take what the other door makes.
    ['src/doors/backend-node.ts', ['protocol', 'backend', 'doors']],
    ['src/doors/proxy.ts', ['protocol', 'proxy']],
  ])('%s opens its own rooms only', (door, rooms) => {
    const wrong = imports.filter(({ from, to }) => from === door && to && !rooms.includes(roomOf(to)));
    expect(wrong.map(shown)).toEqual([]);
  });

  it('are all that stories and the playground import', () => {
    const outside = [...filesOf('stories'), ...filesOf('app')].filter((file) => !file.endsWith('.config.ts'));
    const wrong = outside.flatMap(importsOf).filter(({ to, specifier }) => to?.startsWith('src/') ?? /^assistants-react\/.*(src|dist)/.test(specifier));
    expect(outside.length).toBeGreaterThan(0);
    expect(wrong.map(shown)).toEqual([]);
  });
});

describe('files', () => {
  it('are at most 300 lines long', () => {
    const long = sources
      .filter((file) => !GENERATED.includes(file))
      .map((file) => [file, readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });

  it('differ by more than capitals, which some disks do not tell apart', () => {
    const folded = sources.map((file) => file.toLowerCase().replace(/\.tsx?$/, ''));
    expect(sources.filter((_, index) => folded.indexOf(folded[index] ?? '') !== index)).toEqual([]);
  });

  it('export by name', () => {
    const wrong = sources.filter((file) => /^export default\b/m.test(readFileSync(join(root, file), 'utf8')));
    expect(wrong).toEqual([]);
  });
});

/** The files of the first circle that is found. */
function circleIn(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const circle = visit(next);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const circle = visit(file);
    if (circle.length > 0) return circle;
  }
  return [];
}
