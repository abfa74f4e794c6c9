import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = /** @type {Record<string, string>} */ ({
  tsc: 'typescript',
  redocly: '@redocly/cli',
  attw: '@arethetypeswrong/cli',
});

/**
 * Returns the script file of an installed command. Running it with Node, without a shell, works the same on every system.
 * @param {string} command
 * @returns {string}
 */
export function binary(command) {
  const folder = join(root, 'node_modules', packages[command] ?? command);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}
