import fc from 'fast-check';

/** Path to a value inside a JSON value: names of fields and indexes of lists. */
type Path = readonly (string | number)[];

/** Returns a value that is nested this deeply. */
function nest(depth: number): unknown {
  let value: unknown = 'deepest';
  for (let level = 0; level < depth; level += 1) value = { nested: value };
  return value;
}

const REMOVED = Symbol('removed');

/** Values that replace a field: missing, null, of another type, an unknown name, huge, empty, and other notations of times. */
const replacements: readonly unknown[] = [
  REMOVED,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  'dream',
  '__proto__',
  'x'.repeat(20_000),
  [],
  [null],
  ['text', 7, [[]]],
  {},
  { type: 'dream' },
  { text: 'Hello', value: 5 },
  nest(20),
  Array.from({ length: 500 }, (_, index) => ({ type: 'text', index })),
  '2026-11-29T09:00:00.123456',
  1_764_406_800_000,
  '1764406800',
];

function listPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, field]) => listPaths(field, [...path, key])),
  ];
}

function replaceAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement === REMOVED ? null : replacement;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...value };
  const fields = copy as Record<string | number, unknown>;
  if (rest.length === 0 && replacement === REMOVED) delete fields[key];
  else fields[key] = replaceAt(fields[key], rest, replacement);
  // A list without holes, as JSON has none.
  return Array.isArray(copy) ? Array.from(copy, (entry) => entry ?? null) : copy;
}

/** Generates mutants of a JSON value, with one or two fields changed. */
export function arbitraryMutant(value: unknown): fc.Arbitrary<unknown> {
  const paths = listPaths(value);
  const change = fc.tuple(fc.nat(), fc.constantFrom(...replacements));
  return fc
    .array(change, { minLength: 1, maxLength: 2 })
    .map((changes) =>
      changes.reduce<unknown>(
        (mutant, [index, replacement]) =>
          replaceAt(mutant, paths[index % paths.length] ?? [], replacement),
        value,
      ),
    );
}
