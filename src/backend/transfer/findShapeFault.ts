import { isRecord } from '../../common/isRecord.js';
import { MAX_SECONDS } from '../../protocol/parseTime.js';
import type { FieldShapes, ScalarShape, Shape } from '../../protocol/plainShapes.js';

const SCALARS: Record<ScalarShape, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  id: (value) => typeof value === 'string' && value !== '',
  number: Number.isFinite,
  time: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < MAX_SECONDS,
  map: (value) => isRecord(value) && Object.values(value).every((text) => typeof text === 'string'),
  none: () => false,
  '=text': (value) => value === 'text',
};

/** Returns the path of the first value that does not have its shape, such as `content[0].text.value`. */
export function findShapeFault(value: unknown, shape: Shape, path: string): string | undefined {
  if (typeof shape === 'string') return SCALARS[shape](value) ? undefined : path;
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return path;
    return findFirst(value.entries(), ([index, entry]) =>
      findShapeFault(entry, shape[0], `${path}[${index}]`),
    );
  }
  if (!isRecord(value)) return path;
  return findFirst(Object.entries(shape), ([key, fieldShape]) => {
    const [name = '', mark] = key.split(/(?=\W)/);
    const fieldPath = path === '' ? name : `${path}.${name}`;
    if (name === 'type' && isTypeTable(fieldShape))
      return findTypeFault(value, fieldShape, path, fieldPath);
    const field = value[name];
    const isAbsent = field === null || field === undefined;
    return mark !== undefined && isAbsent
      ? undefined
      : findShapeFault(field, fieldShape, fieldPath);
  });
}

/** Checks the further fields of an object whose type is known. Objects of other types have none. */
function findTypeFault(
  value: Record<string, unknown>,
  table: FieldShapes,
  path: string,
  typePath: string,
): string | undefined {
  const { type } = value;
  if (typeof type !== 'string') return typePath;
  const fields = Object.hasOwn(table, type) ? table[type] : undefined;
  return fields === undefined ? undefined : findShapeFault(value, fields, path);
}

function findFirst<Item>(
  items: Iterable<Item>,
  find: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isTypeTable(shape: Shape): shape is FieldShapes {
  return typeof shape === 'object' && !isListShape(shape);
}
