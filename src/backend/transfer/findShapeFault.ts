import { isRecord } from '../../common/isRecord.js';
import {
  type FieldShapes,
  isFieldShapes,
  isListShape,
  matchesScalar,
  parseFieldKey,
  type Shape,
} from '../../protocol/Shape.js';

/** Returns the path of the first value that does not have its shape, such as `content[0].text.value`. */
export function findShapeFault(value: unknown, shape: Shape, path: string): string | undefined {
  if (typeof shape === 'string') return matchesScalar(value, shape) ? undefined : path;
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return path;
    return findFirst(value.entries(), ([index, entry]) =>
      findShapeFault(entry, shape[0], `${path}[${index}]`),
    );
  }
  if (!isRecord(value)) return path;
  return findFirst(Object.entries(shape), ([key, fieldShape]) => {
    const { name, isNullable } = parseFieldKey(key);
    const fieldPath = path === '' ? name : `${path}.${name}`;
    if (name === 'type' && isFieldShapes(fieldShape))
      return findVariantFault(value, fieldShape, path, fieldPath);
    const field = value[name];
    const isAbsent = field === null || field === undefined;
    return isNullable && isAbsent ? undefined : findShapeFault(field, fieldShape, fieldPath);
  });
}

/** Checks the further fields of an object whose type is known. Objects of other types have none. */
function findVariantFault(
  value: Record<string, unknown>,
  variants: FieldShapes,
  path: string,
  typePath: string,
): string | undefined {
  const { type } = value;
  if (typeof type !== 'string') return typePath;
  const variant = Object.hasOwn(variants, type) ? variants[type] : undefined;
  return variant === undefined ? undefined : findShapeFault(value, variant, path);
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
