import { parsePointer, selectFindings } from '../../common/jsonSchema/schemaErrors.js';
import type { FromJsonSchema, JsonSchema } from './fromJsonSchema.js';

/** What is wrong with a value, and where. */
export interface SchemaIssue {
  message: string;
  /** Keys from the root to the place; empty for the value as a whole. */
  path: readonly (string | number)[];
}

/** A schema of any library that follows https://standardschema.dev, such as zod, valibot or arktype. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    /** Of libraries that convert by themselves, as zod does from 4.2; for others see `withJsonSchema`. */
    readonly jsonSchema?: JsonSchemaConverter | undefined;
  };
}

interface JsonSchemaConverter {
  readonly input: (options: { target: 'draft-2020-12' }) => Record<string, unknown>;
  readonly output: (options: { target: 'draft-2020-12' }) => Record<string, unknown>;
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** How parameters and outputs are described. */
export type ToolSchema = StandardSchema | JsonSchema;

/** What must be given to a schema. */
export type SchemaInput<Schema> =
  Schema extends StandardSchema<infer Input, unknown> ? Input : FromJsonSchema<Schema>;

/** What a schema makes of it. JSON Schema changes nothing. */
export type SchemaOutput<Schema> =
  Schema extends StandardSchema<unknown, infer Output> ? Output : FromJsonSchema<Schema>;

/** A schema, with its JSON Schema for libraries that do not convert by themselves: `withJsonSchema(schema, toJsonSchema(schema))`. */
export function withJsonSchema<Schema extends StandardSchema>(
  schema: Schema,
  jsonSchema: Record<string, unknown>,
): Schema {
  const convert = () => jsonSchema;
  const standard = { ...schema['~standard'], jsonSchema: { input: convert, output: convert } };
  return Object.create(schema, { '~standard': { value: standard } }) as Schema;
}

/**
 * A schema as JSON Schema, as a model and a form need it: what is to be given, before any transform.
 * @throws Error when the library does not convert
 */
export function jsonSchemaOf(schema: ToolSchema): JsonSchema {
  if (!isStandard(schema)) return schema;
  const { jsonSchema, vendor } = schema['~standard'];
  if (jsonSchema) return jsonSchema.input({ target: 'draft-2020-12' });
  throw new Error(
    `jsonSchemaOf: this ${vendor} schema does not convert to JSON Schema. Wrap it in withJsonSchema(schema, ...).`,
  );
}

/** The JSON Schema for a form, where there is one. */
export function formSchemaOf(schema: ToolSchema | undefined): JsonSchema | undefined {
  try {
    return schema && jsonSchemaOf(schema);
  } catch {
    return undefined;
  }
}

/** Holds a value against a schema. Never rejects: a validator that throws is an issue like any other. */
export async function checkSchema(
  schema: ToolSchema | undefined,
  value: unknown,
): Promise<{ value: unknown; issues: readonly SchemaIssue[] }> {
  if (!schema) return { value, issues: [] };
  try {
    if (!isStandard(schema)) return { value, issues: await checkJsonSchema(schema, value) };
    const result = await schema['~standard'].validate(value);
    return result.issues
      ? { value, issues: result.issues.map(toIssue) }
      : { value: result.value, issues: [] };
  } catch (error) {
    return { value, issues: [{ message: String(error), path: [] }] };
  }
}

/** The validator is fetched when the first JSON Schema needs it. It interprets, so it needs no eval. */
async function checkJsonSchema(schema: JsonSchema, value: unknown): Promise<SchemaIssue[]> {
  const [{ Validator }, { createSchemaValidator }] = await Promise.all([
    import('@cfworker/json-schema'),
    import('../../common/jsonSchema/createSchemaValidator.js'),
  ]);
  // The schema is of what goes on the wire, where nothing is undefined.
  const plain: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
  const { errors } = new Validator(await createSchemaValidator(schema), '2020-12', false).validate(
    plain,
  );
  return selectFindings(errors).map(({ error, instanceLocation }) => ({
    message: error,
    path: parsePointer(instanceLocation),
  }));
}

function isStandard(schema: ToolSchema): schema is StandardSchema {
  return '~standard' in schema;
}

function toIssue({ message, path = [] }: StandardIssue): SchemaIssue {
  return {
    message,
    path: path.map((step) => {
      const key = typeof step === 'object' ? step.key : step;
      return typeof key === 'number' ? key : String(key);
    }),
  };
}
