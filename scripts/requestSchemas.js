/** @typedef {Record<string, unknown>} Json */

// What says something to readers and generators only, or is OpenAPI's own and unknown to JSON Schema.
const annotations = new Set([
  'description',
  'title',
  'example',
  'examples',
  'deprecated',
  'discriminator',
  'externalDocs',
  'xml',
]);

// Under these a key is a name that the document chose: a property called `description` stays.
const namedChildren = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

// Under these stands data, not a schema.
const values = new Set(['const', 'enum', 'default', 'required', 'dependentRequired', 'type']);

const componentPrefix = '#/components/schemas/';

/**
 * The JSON bodies of an OpenAPI 3.1 document as one JSON Schema bundle: every schema that a body reaches, stripped of
 * its annotations, and a reference for each operation that takes one. A body that is described in place, without a
 * name, is called `<operationId>Body`.
 * @param {Json} document
 * @returns {{ $defs: Record<string, unknown>, refs: Record<string, { $ref: string }> }} both sorted by name
 */
export function bundleRequestSchemas(document) {
  /** @type {Map<string, unknown>} */
  const found = new Map();
  /** @type {Map<string, { $ref: string }>} */
  const refs = new Map();

  for (const { operationId, schema } of jsonBodies(document)) {
    const stripped = strip(schema, include);
    if (isReference(stripped)) {
      refs.set(operationId, { $ref: stripped.$ref });
    } else {
      const name = `${operationId}Body`;
      found.set(name, stripped);
      refs.set(operationId, { $ref: `#/$defs/${name}` });
    }
  }
  return { $defs: sorted(found), refs: sorted(refs) };

  /** @param {string} ref */
  function include(ref) {
    if (!ref.startsWith(componentPrefix))
      throw new Error(`A request schema refers to ${ref}: only ${componentPrefix}* is bundled.`);
    const name = ref.slice(componentPrefix.length);
    if (!found.has(name)) {
      // Held before it is read: a schema may contain itself.
      found.set(name, undefined);
      found.set(name, strip(resolve(document, ref), include));
    }
    return `#/$defs/${name}`;
  }
}

/**
 * @param {unknown} schema
 * @param {(ref: string) => string} include takes in what a $ref names and answers with its new address
 * @returns {unknown}
 */
function strip(schema, include) {
  if (Array.isArray(schema)) return schema.map((item) => strip(item, include));
  if (!isObject(schema)) return schema;
  /** @type {Json} */
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (annotations.has(key) || key.startsWith('x-')) continue;
    if (key === '$ref') result[key] = include(String(value));
    else if (values.has(key)) result[key] = value;
    else if (namedChildren.has(key) && isObject(value)) {
      result[key] = Object.fromEntries(
        Object.entries(value).map(([name, child]) => [name, strip(child, include)]),
      );
    } else result[key] = strip(value, include);
  }
  return result;
}

/** @param {Json} document */
function* jsonBodies(document) {
  for (const item of Object.values(objectIn(document, 'paths'))) {
    for (const operation of Object.values(isObject(item) ? item : {})) {
      if (!isObject(operation) || typeof operation['operationId'] !== 'string') continue;
      let body = objectIn(operation, 'requestBody');
      if (typeof body['$ref'] === 'string') body = resolve(document, body['$ref']);
      const { schema } = objectIn(objectIn(body, 'content'), 'application/json');
      if (schema !== undefined) yield { operationId: operation['operationId'], schema };
    }
  }
}

/**
 * @param {Json} document
 * @param {string} ref
 * @returns {Json}
 */
function resolve(document, ref) {
  /** @type {unknown} */
  let target = document;
  for (const part of ref.replace(/^#\//, '').split('/')) {
    target = isObject(target)
      ? target[part.replaceAll('~1', '/').replaceAll('~0', '~')]
      : undefined;
  }
  if (!isObject(target)) throw new Error(`The document refers to ${ref}, which it does not hold.`);
  return target;
}

/**
 * @param {Json} parent
 * @param {string} key
 * @returns {Json}
 */
function objectIn(parent, key) {
  const value = parent[key];
  return isObject(value) ? value : {};
}

/**
 * @param {unknown} value
 * @returns {value is Json}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @returns {value is { $ref: string }}
 */
function isReference(value) {
  return isObject(value) && typeof value['$ref'] === 'string' && Object.keys(value).length === 1;
}

/**
 * @template T
 * @param {Map<string, T>} map
 * @returns {Record<string, T>}
 */
function sorted(map) {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
