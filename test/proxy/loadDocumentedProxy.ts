import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as sqlite from 'node-sqlite3-wasm';
import ts from 'typescript';
import { onTestFinished } from 'vitest';
import * as entry from '../../src/entries/proxy.js';

/** Names that the code of docs/proxy.md uses without declaring them. */
export interface DocumentedNames {
  secretKey: string;
  assistantId: string;
  getUserId: (request: Request) => string | undefined;
}

/** Runs the code of docs/proxy.md that creates a proxy, with a table of SQLite in place of PostgreSQL. */
export function loadDocumentedProxy(names: DocumentedNames): entry.Proxy {
  const page = readFileSync(fileURLToPath(new URL('../../docs/proxy.md', import.meta.url)), 'utf8');
  const code = /```ts\n(import \{ createProxy.*?)```/s.exec(page)?.[1] ?? '';
  const { outputText } = ts.transpileModule(`${code}\nexport { proxy };`, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const module = { exports: {} as { proxy: entry.Proxy } };
  const provided = { ...names, pool: createPool(), module, exports: module.exports };
  const parameters = { ...provided, require: () => entry };
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- the code is documentation of this repository
  const run = new Function(...Object.keys(parameters), outputText) as (
    ...values: unknown[]
  ) => void;
  run(...Object.values(parameters));
  return module.exports.proxy;
}

/** Creates a pool with the interface of pg, and the table of `sqlOwnership`. */
function createPool() {
  const { Database } = createRequire(import.meta.url)('node-sqlite3-wasm') as typeof sqlite;
  const database = new Database();
  onTestFinished(() => database.close());
  const query = async (sql: string, values: string[] = []) => {
    const named = Object.fromEntries(values.map((value, index) => [`$${index + 1}`, value]));
    return { rows: database.all(sql, named) };
  };
  const { schema } = entry.sqlOwnership({ dialect: 'postgres', query });
  database.exec(schema);
  return { query };
}
