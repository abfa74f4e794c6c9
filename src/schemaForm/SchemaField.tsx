import LibraryField from '@rjsf/core/lib/components/fields/SchemaField.js';
import { RJSF_REF_KEY, type FieldProps, type RJSFSchema } from '@rjsf/utils';
import type { ReactElement } from 'react';

/**
 * Field of any schema. The library passes fields the schemas of references after it has expanded them, and expands them further
 * with each level of the value, which takes exponential time for schemas that contain themselves. Where the value continues, this
 * field starts again from the reference.
 */
export function SchemaField(props: FieldProps<unknown, RJSFSchema, object>): ReactElement {
  const { schema, formData } = props;
  const reference: unknown = Reflect.get(schema, RJSF_REF_KEY);
  const hasValue =
    typeof formData === 'object' && formData !== null && Object.keys(formData).length > 0;
  if (typeof reference !== 'string' || !hasValue) return <LibraryField {...props} />;
  const { title, description } = schema;
  return (
    <LibraryField
      {...props}
      schema={{
        $ref: reference,
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
      }}
    />
  );
}
