import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

// The declarations as an app finds them: `npm test` builds them before.
const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'dist');

interface Manifest {
  exports: Record<string, string | { types: string }>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const doors = Object.entries(manifest.exports).flatMap(([door, target]) =>
  // A language is one value, for the provider of the main door.
  typeof target === 'string' || door.startsWith('./languages/')
    ? []
    : [{ door, types: join(root, target.types) }],
);

const program = ts.createProgram(
  doors.map(({ types }) => types),
  {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
);
const checker = program.getTypeChecker();

/** What a name means, whichever file it was imported from. */
function meaningOf(node: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

/** Whether a type is one of ours that a door could export: not generated, and no detail of its own file. */
function isOurs(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((declaration) => {
    const { fileName } = declaration.getSourceFile();
    const isExported = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
    return isExported && fileName.startsWith(built) && !fileName.endsWith('/protocol/schema.d.ts');
  });
}

/** The types that a declaration names. Those that it only extends or is another word for, nobody has to name. */
function typesNamedBy(declaration: ts.Declaration): ts.Symbol[] {
  if (ts.isTypeAliasDeclaration(declaration)) return [];
  const named: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isHeritageClause(node)) return;
    const symbol = ts.isTypeReferenceNode(node) ? meaningOf(node.typeName) : undefined;
    if (symbol !== undefined && isOurs(symbol)) named.push(symbol);
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return named;
}

it.each(doors)(
  '$door exports every type that its functions, constants and interfaces name',
  ({ types }) => {
    const file = program.getSourceFile(types);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${types} is no module.`);
    const exported = checker
      .getExportsOfModule(module)
      .map((symbol) =>
        (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol,
      );
    const named = exported.flatMap((symbol) => (symbol.declarations ?? []).flatMap(typesNamedBy));

    expect(named.length).toBeGreaterThan(0);
    expect(
      [...new Set(named)].filter((symbol) => !exported.includes(symbol)).map(({ name }) => name),
    ).toEqual([]);
  },
);
