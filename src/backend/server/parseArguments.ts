import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './UsageError.js';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Texts that are put in front of other texts, so an empty one is a value. */
const EMPTY_VALUES: ReadonlySet<string> = new Set([
  'embeddings-query-prefix',
  'embeddings-passage-prefix',
]);

/**
 * Parses the arguments of a command.
 *
 * @throws UsageError for unknown options, and for missing and empty values
 */
export function parseArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ allowPositionals: true; options: Options }>> {
  const parsed = parseOrThrow(argv, options);
  for (const [name, value] of Object.entries(parsed.values)) assertNotEmpty(name, value);
  return parsed;
}

/** Returns the environment without the variables that are empty, which is how Docker Compose passes those that are not set. */
export function omitEmptyVariables(env: Environment): Environment {
  // An empty list of keys must not open a server that was meant to have some.
  const entries = Object.entries(env).filter(
    ([name, value]) => value !== '' || name === 'ASSISTANTS_KEYS',
  );
  return Object.fromEntries(entries);
}

function parseOrThrow<const Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ allowPositionals: true; options: Options }>> {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Refuses `--host "$HOST"` without the variable, because an empty host means all addresses.
 *
 * @throws UsageError
 */
function assertNotEmpty(name: string, value: unknown): void {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (EMPTY_VALUES.has(name) || !values.some(isBlank)) return;
  throw new UsageError(`--${name} must not be empty. Is an environment variable missing?`);
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}
