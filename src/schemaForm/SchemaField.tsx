import LibraryField from '@rjsf/core/lib/components/fields/SchemaField.js';
import { findSchemaDefinition, RJSF_REF_KEY, type FieldProps, type RJSFSchema } from '@rjsf/utils';
import { useMemo, type ReactElement } from 'react';

/** Keywords with schemas in which the library expands references. */
const EXPANDED_KEYWORDS = ['items', 'properties', 'anyOf', 'oneOf'] as const;

/**
 * Field of any schema. The library passes fields the schemas of references after it has expanded them, and expands them further
 * with each level of the value, which takes exponential time for schemas that contain themselves. Where the value continues, this
 * field starts again from the reference, unless it has other properties than its target.
 */
export function SchemaField(props: FieldProps<unknown, RJSFSchema, object>): ReactElement {
  const formData = fillTuple(props);
  const { uiSchema } = props;
  const title = isNamedByType(props) ? props.name : undefined;
  const titledUiSchema = useMemo(
    () => (title === undefined ? uiSchema : { ...uiSchema, 'ui:title': title }),
    [uiSchema, title],
  );
  return (
    <LibraryField
      {...props}
      formData={formData}
      schema={toReference(props)}
      {...(titledUiSchema && { uiSchema: titledUiSchema })}
    />
  );
}

/**
 * Returns true for a property whose title is the one of its definition, such as `Address`. It may be the type of several
 * properties, so that the name of the property says more.
 */
function isNamedByType({
  schema,
  fieldPathId,
  registry,
}: FieldProps<unknown, RJSFSchema, object>): boolean {
  const $ref: unknown = schema.$ref ?? Reflect.get(schema, RJSF_REF_KEY);
  if (typeof $ref !== 'string' || typeof fieldPathId.path.at(-1) !== 'string') return false;
  if (schema.title === undefined) return true;
  return schema.title === findSchemaDefinition<RJSFSchema>($ref, registry.rootSchema).title;
}

/** Returns the value with an entry for each item of a tuple, because the library renders no field for one that is missing. */
function fillTuple({
  schema: { items },
  formData,
}: FieldProps<unknown, RJSFSchema, object>): unknown {
  if (!Array.isArray(items) || (formData !== undefined && !Array.isArray(formData)))
    return formData;
  const entries: unknown[] = formData ?? [];
  return entries.length < items.length ? Array.from(items, (_, index) => entries[index]) : formData;
}

/**
 * Returns the reference that the schema of a value was expanded from, with the keywords beside it. Returns other schemas
 * unchanged.
 */
function toReference({
  schema,
  formData,
  registry,
}: FieldProps<unknown, RJSFSchema, object>): RJSFSchema {
  const $ref: unknown = Reflect.get(schema, RJSF_REF_KEY);
  if (
    typeof $ref !== 'string' ||
    listKeys(formData) === '' ||
    listKeys(schema.properties) !==
      listKeys(findSchemaDefinition<RJSFSchema>($ref, registry.rootSchema).properties)
  )
    return schema;
  const beside = { ...schema, $ref };
  for (const keyword of EXPANDED_KEYWORDS) delete beside[keyword];
  return beside;
}

function listKeys(value: unknown): string {
  return Object.keys(value ?? {}).join();
}
