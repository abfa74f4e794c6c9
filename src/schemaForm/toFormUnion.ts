import { isRecord } from '../common/isRecord.js';
import { resolveReference } from '../common/jsonSchema/resolveReference.js';
import type { JsonSchema } from '../protocol/ToolCall.js';
import { findConstant } from './setDefaults.js';

/** Types whose field is one control, which can be empty. */
const CONTROL_TYPES = new Set<unknown>(['string', 'number', 'integer']);

/** Turns a list of types into a union, because the form library renders the first type only. */
export function splitTypes(schema: JsonSchema): JsonSchema {
  const { type: types, title, description, default: initial, ...rest } = schema;
  if (!Array.isArray(types) || ['enum', 'const', 'anyOf', 'oneOf'].some((key) => key in schema))
    return schema;
  const others = types.filter((type) => type !== 'null');
  if (others.length === 1 && CONTROL_TYPES.has(others[0])) return schema;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(initial !== undefined && { default: initial }),
    anyOf: types.map((type: unknown) => (type === 'null' ? { type } : { ...rest, type })),
  };
}

/** Simplifies a union, so that the form needs no selection of an option, or a readable one. */
export function mergeOptions(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const keyword = schema['anyOf'] === undefined ? 'oneOf' : 'anyOf';
  const { [keyword]: options, ...rest } = schema;
  if (!Array.isArray(options) || !options.every(isRecord)) return schema;
  return (
    mergeConstants(options, rest) ??
    mergeNull(options, rest, root) ?? { ...rest, [keyword]: options.map(nameOption) }
  );
}

/** Turns options that are constants into one list of choices. */
function mergeConstants(options: readonly JsonSchema[], rest: JsonSchema): JsonSchema | undefined {
  if (options.length === 0 || !options.every((option) => 'const' in option)) return undefined;
  const constants = options.map((option) => option['const']);
  const types = [...new Set(constants.map((constant) => typeof constant))];
  const type = rest['type'] ?? (types.length === 1 ? types[0] : undefined);
  if (type === undefined) return { ...rest, enum: constants };
  if (type !== 'object' && typeof type === 'string') return { ...rest, type, oneOf: options };
  return undefined;
}

/** Turns `anyOf: [{ type: 'string' }, { type: 'null' }]` into a string that may be null, so that no type has to be chosen. */
function mergeNull(
  options: readonly JsonSchema[],
  rest: JsonSchema,
  root: JsonSchema,
): JsonSchema | undefined {
  const [other, ...others] = options.filter(({ type }) => type !== 'null');
  const isPair = options.length === 2 && others.length === 0;
  if (!isPair || other === undefined || rest['type'] !== undefined) return undefined;
  const option = resolveOption(other, root);
  const { type } = option;
  if (CONTROL_TYPES.has(type)) return { ...option, ...rest, type: [type, 'null'] };
  return type === 'boolean' ? mergeBoolean(option, rest) : undefined;
}

/** Returns a list of choices for a boolean that may be null, because a checkbox has two states. */
function mergeBoolean(option: JsonSchema, rest: JsonSchema): JsonSchema | undefined {
  const { type: _, ...keywords } = option;
  if ('const' in option || 'enum' in option) return undefined;
  return { ...keywords, ...rest, enum: [true, false, null] };
}

/**
 * Gives an option without a title a name: its constant or its type. The option null gets its default, because
 * the form library does not report its value otherwise.
 */
function nameOption(option: JsonSchema): JsonSchema {
  const { type } = option;
  if (type === 'null') return { title: type, default: null, ...option };
  // With keywords beside a reference, the form library takes exponential time for cycles.
  if ('title' in option || '$ref' in option) return option;
  const title = findConstantMember(option) ?? type;
  return typeof title === 'string' ? { ...option, title } : option;
}

/** Returns the first constant text among the properties, which often tells the options of a union apart. */
function findConstantMember({ properties }: JsonSchema): unknown {
  if (!isRecord(properties)) return undefined;
  return Object.values(properties)
    .map((property) => findConstant(property)?.constant)
    .find((constant) => typeof constant === 'string' && constant !== '');
}

/** Returns the target of a reference without its title, which names a type. The field has the name of its property. */
function resolveOption(option: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref } = option;
  const target = typeof $ref === 'string' ? resolveReference(root, $ref) : undefined;
  if (!isRecord(target)) return option;
  const { title: _, ...untitled } = target;
  return untitled;
}
