import { isJsonArray, isJsonObject, type Json } from './json.js';
import { validateBody } from './validateBody.js';

/** Each removal validates the body again, so their number is limited. */
const MAX_REMOVALS = 32;

/**
 * Validates a body and returns it without the optional fields that are null although null is not one of their values: many
 * clients send null for a field that is not set. Fields that may be null keep it, because it can have a meaning.
 *
 * @throws HttpError 400 if the body is not valid
 */
export function validateWithoutNulls(
  operation: Parameters<typeof validateBody>[0],
  body: Json,
): Json {
  let current = body;
  let error = validateBody(operation, current);
  for (let count = 0; error !== undefined; count++) {
    const { param } = error.body.error;
    const path = (param ?? '').split(/[.[\]]+/).filter((name) => name !== '');
    const next = count < MAX_REMOVALS && path.length > 0 ? removeNull(current, path) : undefined;
    if (next === undefined) throw error;
    const nextError = validateBody(operation, next);
    // A required field cannot be left out.
    if (nextError !== undefined && nextError.body.error.param === param) throw error;
    current = next;
    error = nextError;
  }
  return current;
}

/** Returns a value without the field at a path, or undefined if the field is not null. */
function removeNull(value: Json, [name = '', ...rest]: readonly string[]): Json | undefined {
  if (isJsonArray(value)) {
    const item = value[Number(name)];
    const changed = item === undefined ? undefined : removeNull(item, rest);
    return changed === undefined ? undefined : value.with(Number(name), changed);
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
  const { [name]: field, ...others } = value;
  if (rest.length === 0) return field === null ? others : undefined;
  const changed = field === undefined ? undefined : removeNull(field, rest);
  return changed === undefined ? undefined : { ...value, [name]: changed };
}
