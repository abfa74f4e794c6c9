import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

// Tests the built declarations. `npm test` builds them first.
const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'dist');

interface Manifest {
  exports: Record<string, string | { types: string }>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([entry, target]) =>
  // A language exports one value, for the provider of the main entry.
  typeof target === 'string' || entry.startsWith('./languages/')
    ? []
    : [{ entry, types: join(root, target.types) }],
);

const program = ts.createProgram(
  entries.map(({ types }) => types),
  {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
);
const checker = program.getTypeChecker();

/** Resolves a name to its symbol, through imports. */
function resolveSymbol(node: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

/** Returns true if a type is exported by a file of the package. Generated wire types do not count. */
function isExportedType(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((declaration) => {
    const { fileName } = declaration.getSourceFile();
    const isExported = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
    return isExported && fileName.startsWith(built) && !fileName.endsWith('/protocol/schema.d.ts');
  });
}

/** Lists the types that a declaration names, except those that it extends or aliases. */
function findNamedTypes(declaration: ts.Declaration): ts.Symbol[] {
  if (ts.isTypeAliasDeclaration(declaration)) return [];
  const named: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isHeritageClause(node)) return;
    const symbol = ts.isTypeReferenceNode(node) ? resolveSymbol(node.typeName) : undefined;
    if (symbol !== undefined && isExportedType(symbol)) named.push(symbol);
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return named;
}

it.each(entries)(
  '$entry exports every type that its functions, constants and interfaces name',
  ({ types }) => {
    const file = program.getSourceFile(types);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${types} is not a module.`);
    const exported = checker
      .getExportsOfModule(module)
      .map((symbol) =>
        (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol,
      );
    const named = exported.flatMap((symbol) => (symbol.declarations ?? []).flatMap(findNamedTypes));

    expect(named.length).toBeGreaterThan(0);
    expect(
      [...new Set(named)].filter((symbol) => !exported.includes(symbol)).map(({ name }) => name),
    ).toEqual([]);
  },
);
