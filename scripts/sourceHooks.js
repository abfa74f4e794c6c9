/** Hooks for Node's module loader that find and compile TypeScript. See `loadSources.js`. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, nextResolve) {
  const source = findSource(specifier, context.parentURL);
  return source === undefined
    ? nextResolve(specifier, context)
    : { url: source.href, format: 'module', shortCircuit: true };
}

/** @type {import('node:module').LoadHook} */
export function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const { outputText } = ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  return { format: 'module', source: outputText, shortCircuit: true };
}

/**
 * Returns the TypeScript file that an import of a `.js` file stands for.
 *
 * @param {string} specifier
 * @param {string | undefined} parent
 */
function findSource(specifier, parent) {
  if (!/^(\.|file:).*\.js$/.test(specifier)) return undefined;
  const source = new URL(specifier.replace(/\.js$/, '.ts'), parent);
  return source.protocol === 'file:' && existsSync(source) ? source : undefined;
}
