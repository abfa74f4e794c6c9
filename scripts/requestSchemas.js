/** @typedef {Record<string, unknown>} Json */

/** Keywords that only document a schema, and keywords of OpenAPI that JSON Schema does not know. */
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

/** Keywords whose children are named by the document, so a property called `description` is not a keyword. */
const keywordsWithNamedChildren = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'dependentSchemas',
]);

/** Keywords whose value is data and not a schema. */
const dataKeywords = new Set(['const', 'enum', 'default', 'required', 'dependentRequired', 'type']);

const componentPrefix = '#/components/schemas/';

/**
 * Bundles the JSON request bodies of an OpenAPI 3.1 document: all schemas that they reference, without annotations, and a
 * reference for each operation. Inline bodies are named `<operationId>Body`.
 * @param {Json} document
 * @returns {{ $defs: Record<string, unknown>, refs: Record<string, { $ref: string }> }} Both sorted by name.
 */
export function bundleRequestSchemas(document) {
  /** @type {Map<string, unknown>} */
  const found = new Map();
  /** @type {Map<string, { $ref: string }>} */
  const refs = new Map();

  for (const { operationId, schema } of listJsonBodies(document)) {
    const stripped = stripAnnotations(schema, include);
    if (isReference(stripped)) {
      refs.set(operationId, { $ref: stripped.$ref });
    } else {
      const name = `${operationId}Body`;
      found.set(name, stripped);
      refs.set(operationId, { $ref: `#/$defs/${name}` });
    }
  }
  return { $defs: sortByName(found), refs: sortByName(refs) };

  /** @param {string} ref */
  function include(ref) {
    if (!ref.startsWith(componentPrefix))
      throw new Error(`Cannot bundle the reference ${ref}. Only ${componentPrefix}* is supported.`);
    const name = ref.slice(componentPrefix.length);
    if (!found.has(name)) {
      // Reserves the name before the schema is read, because a schema may reference itself.
      found.set(name, undefined);
      found.set(name, stripAnnotations(resolve(document, ref), include));
    }
    return `#/$defs/${name}`;
  }
}

/**
 * @param {unknown} schema
 * @param {(ref: string) => string} include Adds a referenced schema to the bundle and returns its new reference.
 * @returns {unknown}
 */
function stripAnnotations(schema, include) {
  if (Array.isArray(schema)) return schema.map((item) => stripAnnotations(item, include));
  if (!isObject(schema)) return schema;
  /** @type {Json} */
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (annotations.has(key) || key.startsWith('x-')) continue;
    if (key === '$ref') result[key] = include(String(value));
    else if (dataKeywords.has(key)) result[key] = value;
    else if (keywordsWithNamedChildren.has(key) && isObject(value)) {
      result[key] = Object.fromEntries(
        Object.entries(value).map(([name, child]) => [name, stripAnnotations(child, include)]),
      );
    } else result[key] = stripAnnotations(value, include);
  }
  return result;
}

/** @param {Json} document */
function* listJsonBodies(document) {
  for (const item of Object.values(getObject(document, 'paths'))) {
    for (const operation of Object.values(isObject(item) ? item : {})) {
      if (!isObject(operation) || typeof operation['operationId'] !== 'string') continue;
      let body = getObject(operation, 'requestBody');
      if (typeof body['$ref'] === 'string') body = resolve(document, body['$ref']);
      const { schema } = getObject(getObject(body, 'content'), 'application/json');
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
  if (!isObject(target)) throw new Error(`The document references ${ref}, which does not exist.`);
  return target;
}

/**
 * @param {Json} parent
 * @param {string} key
 * @returns {Json} An empty object if the key has no object.
 */
function getObject(parent, key) {
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
function sortByName(map) {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
