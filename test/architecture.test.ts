import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The layers of src and the layers that each may import. Type imports count too. */
const LAYERS: Record<string, readonly string[]> = {
  protocol: [],
  common: [],
  client: ['common', 'protocol'],
  queries: ['client', 'common', 'protocol'],
  core: ['queries', 'client', 'common', 'protocol'],
  hooks: ['core', 'queries', 'client', 'common', 'protocol'],
  components: ['common', 'protocol'],
  views: ['components', 'hooks', 'core', 'queries', 'client', 'common', 'protocol'],
  devtools: ['views', 'components', 'hooks', 'queries', 'client', 'backend', 'common', 'protocol'],
  schemaForm: ['components', 'hooks', 'core', 'common', 'protocol'],
  highlight: ['components', 'common', 'protocol'],
  math: ['components', 'common', 'protocol'],
  backend: ['common', 'protocol'],
  proxy: ['common', 'protocol'],
};

/** The folders of the backend and the folders that each may import. */
const BACKEND_LAYERS: Record<string, readonly string[]> = {
  stores: [],
  search: [],
  models: ['search'],
  domain: ['stores'],
  engine: ['domain', 'models', 'search', 'stores'],
  http: ['domain', 'engine', 'stores'],
  transfer: ['domain', 'stores'],
  server: ['transfer', 'http', 'domain', 'engine', 'models', 'stores'],
};

/**
 * The folders of the backend's HTTP layer and the folders that each may import. Files outside of a folder may import
 * all.
 */
const HTTP_LAYERS: Record<string, readonly string[]> = {
  access: [],
  body: [],
  dialect: [],
  idempotency: [],
  response: ['dialect'],
  routes: ['response', 'dialect'],
};

/** The npm packages that each layer may import. */
const PACKAGES: Record<string, readonly RegExp[]> = {
  protocol: [],
  common: [/^@cfworker\/json-schema$/, /^re2js$/, /^eventsource-parser$/],
  client: [/^openapi-fetch$/],
  queries: [/^@tanstack\/react-query$/],
  core: [/^@tanstack\/react-query$/],
  hooks: [/^react$/, /^@tanstack\/react-query$/],
  components: [/^react$/, /^@base-ui\/react\//, /^entities\/decode$/, /^jsonc-parser$/],
  views: [/^react$/, /^@tanstack\/react-query$/],
  devtools: [/^react$/, /^@tanstack\/react-query$/, /^openapi-fetch$/],
  schemaForm: [/^react(-dom)?$/, /^@rjsf\//, /^@cfworker\/json-schema$/],
  highlight: [/^react$/, /^lowlight$/, /^highlight\.js(\/|$)/],
  math: [/^react$/, /^temml$/],
  backend: [
    /^hono(\/|$)/,
    /^@cfworker\/json-schema$/,
    /^@hono\/node-server$/,
    /^node:/,
    /^node-sqlite3-wasm$/,
    /^postgres$/,
    /^jose$/,
    /^prom-client$/,
    /^aws4fetch$/,
    /^(fflate|minisearch|unpdf|htmlparser2|jsonc-parser)$/,
  ],
  proxy: [/^hono(\/|$)/, /^eventsource-parser$/],
};

/** The resources of the API. Each has one file in queries/, and these files do not import each other. */
const RESOURCES = [
  'assistants',
  'assistantFiles',
  'threads',
  'messages',
  'messageFiles',
  'runs',
  'runSteps',
  'files',
  'vectorStores',
  'vectorStoreFiles',
  'vectorStoreFileBatches',
  'usage',
];

interface Import {
  from: string;
  /** The module specifier as written. */
  specifier: string;
  /** The imported file. Undefined for packages. */
  to: string | undefined;
}

const sources = listFiles('src');
const imports = sources.flatMap(readImports);

/** Lists the TypeScript files below a folder as paths relative to the root. */
function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

/** Lists every import and `export ... from` of a file, including `import()` and type imports. */
function readImports(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, kind);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      found.push({
        from: file,
        specifier: specifier.text,
        to: resolveImport(file, specifier.text),
      });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0]);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function resolveImport(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = normalize(join(dirname(file), specifier)).replaceAll('\\', '/');
  const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  return candidates.find((candidate) => existsSync(join(root, candidate))) ?? path;
}

function getLayer(file: string): string {
  const [, layer = ''] = file.split('/');
  return layer.endsWith('.ts') ? '' : layer;
}

function formatImport({ from, specifier }: Import): string {
  return `${from} imports ${specifier}`;
}

describe('imports', () => {
  it('are read from every source file', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  it('are checked for every layer', () => {
    const layers = new Set(
      sources.map(getLayer).filter((layer) => layer !== '' && layer !== 'entries'),
    );
    expect([...layers].sort()).toEqual(Object.keys(LAYERS).sort());
  });

  it('name an existing file with its compiled extension', () => {
    const wrong = imports.filter(
      ({ to, specifier }) => to && (!existsSync(join(root, to)) || !/\.(js|css)$/.test(specifier)),
    );
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it.each(Object.entries(LAYERS))('of %s point down only', (layer, allowed) => {
    const wrong = imports.filter(
      ({ from, to }) =>
        getLayer(from) === layer && to && ![layer, ...allowed].includes(getLayer(to)),
    );
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it.each(Object.entries(BACKEND_LAYERS))('of backend/%s point down only', (folder, allowed) => {
    const getFolder = (file: string) =>
      file.startsWith('src/backend/') ? (file.split('/')[2] ?? '') : '';
    const wrong = imports.filter(
      ({ from, to }) =>
        getFolder(from) === folder &&
        to &&
        getFolder(to) in BACKEND_LAYERS &&
        ![folder, ...allowed].includes(getFolder(to)),
    );
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it.each(Object.entries(HTTP_LAYERS))('of backend/http/%s point down only', (folder, allowed) => {
    const getFolder = (file: string) =>
      file.startsWith('src/backend/http/') ? (file.split('/')[3] ?? '') : '';
    const wrong = imports.filter(
      ({ from, to }) =>
        getFolder(from) === folder &&
        to &&
        getFolder(to) in HTTP_LAYERS &&
        ![folder, ...allowed].includes(getFolder(to)),
    );
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it.each(Object.entries(PACKAGES))('of %s use its allowed packages only', (layer, allowed) => {
    const wrong = imports.filter(
      ({ from, to, specifier }) =>
        getLayer(from) === layer && !to && !allowed.some((pattern) => pattern.test(specifier)),
    );
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it('of Node modules are reachable from the Node entries and the CLI only', () => {
    const nodeEntries = ['src/entries/backend-node.ts', 'src/entries/backend-postgres.ts'];
    const webEntries = [
      'src/index.ts',
      ...listFiles('src/entries').filter((entry) => !nodeEntries.includes(entry)),
    ];
    const reached = new Set(webEntries);
    for (const file of reached) {
      for (const { from, to } of imports) if (from === file && to) reached.add(to);
    }
    const wrong = imports.filter(
      ({ specifier, from }) =>
        /^(node:|@hono\/node-server|node-|postgres$|jose$|prom-client$|aws4fetch$)/.test(
          specifier,
        ) && reached.has(from),
    );
    expect(reached.size).toBeGreaterThan(100);
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it('form no cycle, type imports included', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of imports) {
      if (to) edges.set(from, [...(edges.get(from) ?? []), to]);
    }
    expect(findCycle(edges)).toEqual([]);
  });
});

describe('queries', () => {
  it('has one file for each resource, and these files do not import each other', () => {
    const files = RESOURCES.map((name) => `src/queries/${name}.ts`);
    expect(files.filter((file) => !sources.includes(file))).toEqual([]);
    expect(
      imports
        .filter(({ from, to }) => files.includes(from) && to && files.includes(to))
        .map(formatImport),
    ).toEqual([]);
  });

  it('uses no hook and no component of TanStack Query', () => {
    const names = listFiles('src/queries').flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return (
        text
          .match(/\buse(Query|Mutation|InfiniteQuery|QueryClient)\(/g)
          ?.map((name) => `${file}: ${name}`) ?? []
      );
    });
    expect(names).toEqual([]);
  });
});

describe('entries', () => {
  const entries = ['src/index.ts', ...listFiles('src/entries')];

  it.each(entries)('%s is a list of exports', (entry) => {
    const text = readFileSync(join(root, entry), 'utf8');
    const tree = ts.createSourceFile(entry, text, ts.ScriptTarget.Latest);
    const isExport = (node: ts.Statement) =>
      ts.isExportDeclaration(node) ||
      (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression));
    expect(
      tree.statements.filter((node) => !isExport(node)).map((node) => node.getText(tree)),
    ).toEqual([]);
  });

  it.each(entries)('%s names every value it exports', (entry) => {
    const text = readFileSync(join(root, entry), 'utf8');
    expect(text).not.toMatch(/^export \* (?!as )/m);
  });

  it('are the only files that re-export, apart from the short names of wire types', () => {
    const barrels = sources
      .filter((file) => ![...entries, 'src/protocol/types.ts'].includes(file))
      .filter((file) => {
        const tree = ts.createSourceFile(
          file,
          readFileSync(join(root, file), 'utf8'),
          ts.ScriptTarget.Latest,
        );
        return tree.statements.some(
          (node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined,
        );
      });
    expect(barrels).toEqual([]);
  });

  it('keep the backend and the proxy out of the main entry', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from === 'src/index.ts' && to && ['backend', 'proxy'].includes(getLayer(to)),
    );
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it.each([
    ['src/entries/client.ts', ['protocol', 'common', 'client', 'queries', 'core']],
    ['src/entries/backend.ts', ['protocol', 'backend']],
    // Its functions take the objects that the backend entry creates.
    ['src/entries/backend-node.ts', ['protocol', 'backend', 'entries']],
    ['src/entries/backend-postgres.ts', ['backend', 'entries']],
    ['src/entries/proxy.ts', ['protocol', 'proxy']],
  ])('%s exports from its own layers only', (entry, layers) => {
    const wrong = imports.filter(
      ({ from, to }) => from === entry && to && !layers.includes(getLayer(to)),
    );
    expect(wrong.map(formatImport)).toEqual([]);
  });

  it('are the only modules that stories and the playground import', () => {
    // The Vite config, and the module that it imports, run without the alias of the package.
    const configs = /\.config\.ts$|^app\/server\/createDemoBackend\.ts$/;
    const outside = [...listFiles('stories'), ...listFiles('app')].filter(
      (file) => !configs.test(file),
    );
    const wrong = outside
      .flatMap(readImports)
      .filter(
        ({ to, specifier }) =>
          to?.startsWith('src/') ?? /^assistants-react\/.*(src|dist)/.test(specifier),
      );
    expect(outside.length).toBeGreaterThan(0);
    expect(wrong.map(formatImport)).toEqual([]);
  });
});

describe('files', () => {
  it('have names that differ by more than case, because some file systems ignore case', () => {
    const folded = sources.map((file) => file.toLowerCase().replace(/\.tsx?$/, ''));
    expect(sources.filter((_, index) => folded.indexOf(folded[index] ?? '') !== index)).toEqual([]);
  });

  it('use named exports', () => {
    const wrong = sources.filter((file) =>
      /^export default\b/m.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});

/** Returns the files of the first cycle found. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
