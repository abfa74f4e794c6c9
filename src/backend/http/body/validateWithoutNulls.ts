import { isJsonArray, isJsonObject, type Json } from './json.js';
import { type BodyFault, validateBody } from './validateBody.js';

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
  let fault = validateBody(operation, current);
  for (let count = 0; fault !== undefined; count++) {
    const { error, path } = fault;
    const next = count < MAX_REMOVALS ? removeNulls(current, path) : undefined;
    if (next === undefined) throw error;
    const nextFault = validateBody(operation, next);
    // A required field cannot be left out.
    if (nextFault !== undefined && getParam(nextFault) === getParam(fault)) throw error;
    current = next;
    fault = nextFault;
  }
  return current;
}

function getParam({ error }: BodyFault): string | null {
  return error.body.error.param;
}

/**
 * Returns a value without the field at a path, in all items of the lists on the path: a client that sends null in one of them
 * usually does so in all. Returns undefined if none of these fields is null.
 */
function removeNulls(value: Json, path: readonly string[]): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return undefined;
  if (isJsonArray(value)) {
    const changed = value.map((item) => removeNulls(item, rest));
    return changed.every((item) => item === undefined)
      ? undefined
      : value.map((item, index) => changed[index] ?? item);
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
  const { [name]: field, ...others } = value;
  if (rest.length === 0) return field === null ? others : undefined;
  const changed = field === undefined ? undefined : removeNulls(field, rest);
  return changed === undefined ? undefined : { ...value, [name]: changed };
}
