import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../../src/entries/backend.ts', import.meta.url));

/** Returns the packages that a module imports statically, directly or through its own modules. Type imports do not count. */
function findStaticImports(file: string, found = new Set<string>()): Set<string> {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const specifiers = tree.statements.flatMap((node) => {
    if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return [];
    const isTypeOnly = ts.isImportDeclaration(node)
      ? node.importClause?.isTypeOnly === true
      : node.isTypeOnly;
    return !isTypeOnly && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
      ? [node.moduleSpecifier.text]
      : [];
  });
  for (const specifier of specifiers) {
    if (!specifier.startsWith('.')) found.add(specifier);
    else {
      const path = join(dirname(file), specifier.replace(/\.js$/, '.ts'));
      if (!found.has(path)) findStaticImports(path, found.add(path));
    }
  }
  return found;
}

it('loads parsers and the index with the first search only', () => {
  const imports = [...findStaticImports(entry)];
  expect(imports).toContain('hono/tiny');
  expect(imports.filter((name) => name.endsWith('/createFileSearch.ts'))).toHaveLength(1);
  const lazy =
    /minisearch|unpdf|htmlparser2|officeToText|indexPassages\.ts|extractText|(?:csv|html|json|pdf)ToText/;
  expect(imports.filter((name) => lazy.test(name))).toEqual([]);
});
