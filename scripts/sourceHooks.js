/** Hooks for Node's module loader that find and compile TypeScript. See `loadSources.js`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pid } from 'node:process';
import { fileURLToPath } from 'node:url';

/** Compiled sources of all processes. Tests start many, and loading the compiler alone takes a second. */
const cache = new URL('../node_modules/.cache/assistants-react-sources/', import.meta.url);
const TARGET = 'ES2022';
const { version } = createRequire(import.meta.url)('typescript/package.json');

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, nextResolve) {
  const source = findSource(specifier, context.parentURL);
  return source === undefined
    ? nextResolve(specifier, context)
    : { url: source.href, format: 'module', shortCircuit: true };
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const source = readFileSync(fileURLToPath(url), 'utf8');
  const hash = createHash('sha256').update(`${version} ${TARGET}\n${source}`).digest('hex');
  const compiled = new URL(`${hash}.js`, cache);
  if (!existsSync(compiled)) await writeCompiled(compiled, source);
  return { format: 'module', source: readFileSync(compiled, 'utf8'), shortCircuit: true };
}

/**
 * Compiles a source. Other processes may read the file at any time, so it appears when it is complete.
 *
 * @param {URL} file
 * @param {string} source
 */
async function writeCompiled(file, source) {
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget[TARGET],
      verbatimModuleSyntax: true,
    },
  });
  mkdirSync(cache, { recursive: true });
  const partial = new URL(`${file.href}.${pid}`);
  writeFileSync(partial, outputText);
  renameSync(partial, file);
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
