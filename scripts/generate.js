/**
 * npm run generate: everything that is derived from openapi/assistants.yaml, and the icons.
 *   src/protocol/schema.ts         the types of the wire, by openapi-typescript
 *   src/backend/http/requestSchemas.ts  JSON Schemas of the request bodies, for the backend to check them with
 *   src/components/icons.ts        the icons of a conversation, from Lucide
 *   src/components/icons.lazy.ts   those of what is fetched on demand
 * With --check it writes nothing and exits 1 if one of them is not what it would write.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { parse } from 'yaml';
import { conversationIcons, iconsModule, lazyIcons } from './icons.js';
import { bundleRequestSchemas } from './requestSchemas.js';
import { binary, root } from './run.js';

const document = 'openapi/assistants.yaml';
const typesFile = 'src/protocol/schema.ts';
const schemasFile = 'src/backend/http/requestSchemas.ts';
const isCheck = argv.includes('--check');

const upToDate = [
  generateTypes(),
  generateRequestSchemas(),
  write('src/components/icons.ts', iconsModule(conversationIcons)),
  write('src/components/icons.lazy.ts', iconsModule(lazyIcons)),
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
      // Else a field with a default would be required in a request body.
      '--default-non-nullable=false',
      '--root-types',
      '--root-types-no-schema-prefix',
      ...(isCheck ? ['--check'] : []),
    ],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (status === 0) return report(typesFile);
  if (!isCheck || !/out of date|not up[- ]to[- ]date/i.test(stderr)) console.error(stderr);
  return isCheck ? reportDrift(typesFile) : false;
}

function generateRequestSchemas() {
  const { $defs, refs } = bundleRequestSchemas(parse(readFileSync(join(root, document), 'utf8')));
  const text = [
    `// Generated from ${document} by \`npm run generate\`. Do not edit.`,
    "import type { Schema } from '@cfworker/json-schema';",
    '',
    '/** Every schema that a request body is made of, as one JSON Schema 2020-12 document. */',
    'export const requestSchemas: { readonly $schema: string; readonly $defs: Readonly<Record<string, Schema>> } = {',
    "  $schema: 'https://json-schema.org/draft/2020-12/schema',",
    `  $defs: ${indent(JSON.stringify($defs, undefined, 2))},`,
    '};',
    '',
    '/** operationId -> the schema of its JSON body, inside requestSchemas. */',
    `export const requestSchemaRefs = ${JSON.stringify(refs, undefined, 2)} as const;`,
    '',
  ].join('\n');
  return write(schemasFile, text);
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  const path = join(root, file);
  if (isCheck) return readIfThere(path) === text ? report(file) : reportDrift(file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return report(file);
}

/** @param {string} file */
function report(file) {
  console.log(isCheck ? `${file} is up to date` : `${file} written`);
  return true;
}

/** @param {string} file */
function reportDrift(file) {
  console.error(`${file} is not what it is generated from. Run: npm run generate`);
  return false;
}

/** @param {string} path */
function readIfThere(path) {
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
