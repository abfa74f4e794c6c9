/**
 * npm run generate: generates code from openapi/assistants.yaml, and icons from Lucide.
 *   src/protocol/schema.ts              wire types, with openapi-typescript
 *   src/backend/http/requestSchemas.ts  JSON Schemas of request bodies, which the backend validates
 *   src/components/icons.ts             icons of a conversation
 *   src/components/icons.lazy.ts        icons of lazily loaded components
 * With --check it writes nothing, and exits with 1 if a file is out of date.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { parse } from 'yaml';
import { conversationIcons, createIconsModule, lazyIcons } from './icons.js';
import { bundleRequestSchemas } from './requestSchemas.js';
import { binary, root } from './run.js';

const document = 'openapi/assistants.yaml';
const typesFile = 'src/protocol/schema.ts';
const schemasFile = 'src/backend/http/requestSchemas.ts';
const isCheck = argv.includes('--check');

const upToDate = [
  generateTypes(),
  generateRequestSchemas(),
  write('src/components/icons.ts', createIconsModule(conversationIcons)),
  write('src/components/icons.lazy.ts', createIconsModule(lazyIcons)),
].every(Boolean);
if (!upToDate) exit(1);

function generateTypes() {
  const { status, stderr } = spawnSync(
    execPath,
    [
      binary('openapi-typescript'),
      document,
      '--output',
      typesFile,
      // Without this option, request body fields with a default would be required.
      '--default-non-nullable=false',
      '--root-types',
      '--root-types-no-schema-prefix',
      ...(isCheck ? ['--check'] : []),
    ],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (status === 0) return report(typesFile);
  if (!isCheck || !/out of date|not up[- ]to[- ]date/i.test(stderr)) console.error(stderr);
  return isCheck ? reportOutdated(typesFile) : false;
}

function generateRequestSchemas() {
  const { $defs, refs } = bundleRequestSchemas(parse(readFileSync(join(root, document), 'utf8')));
  const text = [
    `// Generated from ${document} by \`npm run generate\`. Do not edit.`,
    "import type { Schema } from '@cfworker/json-schema';",
    '',
    '/** Schemas of all request bodies, as one JSON Schema 2020-12 document. */',
    'export const requestSchemas: { readonly $schema: string; readonly $defs: Readonly<Record<string, Schema>> } = {',
    "  $schema: 'https://json-schema.org/draft/2020-12/schema',",
    `  $defs: ${indent(JSON.stringify($defs, undefined, 2))},`,
    '};',
    '',
    '/** Schema of the JSON body of each operation, as a reference into requestSchemas. */',
    `export const requestSchemaRefs = ${JSON.stringify(refs, undefined, 2)} as const;`,
    '',
  ].join('\n');
  return write(schemasFile, text);
}

/**
 * Writes a generated file, or checks it with --check.
 * @param {string} file
 * @param {string} text
 * @returns {boolean} False if the file is out of date.
 */
function write(file, text) {
  const path = join(root, file);
  if (isCheck) return readIfExists(path) === text ? report(file) : reportOutdated(file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return report(file);
}

/**
 * @param {string} file
 * @returns {true} Success, like reportOutdated returns failure.
 */
function report(file) {
  console.log(isCheck ? `${file} is up to date` : `${file} written`);
  return true;
}

/**
 * @param {string} file
 * @returns {false}
 */
function reportOutdated(file) {
  console.error(`${file} is out of date. Run: npm run generate`);
  return false;
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readIfExists(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll('\n', '\n  ');
}
