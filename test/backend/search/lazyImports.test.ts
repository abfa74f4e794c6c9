import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const door = fileURLToPath(new URL('../../../src/entries/backend.ts', import.meta.url));

/** The packages that a module loads as soon as it is loaded, itself or through others. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const atOnce = tree.statements.flatMap((node) => {
    if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return [];
    const isType = ts.isImportDeclaration(node)
      ? node.importClause?.isTypeOnly === true
      : node.isTypeOnly;
    return !isType && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
      ? [node.moduleSpecifier.text]
      : [];
  });
  for (const specifier of atOnce) {
    if (!specifier.startsWith('.')) seen.add(specifier);
    else {
      const path = join(dirname(file), specifier.replace(/\.js$/, '.ts'));
      if (!seen.has(path)) loadedBy(path, seen.add(path));
    }
  }
  return seen;
}

it('loads nothing that reads or searches files before the first search', () => {
  const loaded = [...loadedBy(door)];
  expect(loaded).toContain('hono/tiny');
  expect(
    loaded.filter((name) =>
      /minisearch|unpdf|htmlparser2|papaparse|indexPassages|pdfText/.test(name),
    ),
  ).toEqual([]);
});
