import { useEffect, useMemo, useState } from 'react';
import {
  createPatternlessValidator,
  createSchemaValidator,
  type SchemaValidator,
} from '../common/jsonSchema/createSchemaValidator.js';
import type { JsonSchema } from '../protocol/ToolCall.js';

/**
 * Returns the validator of a schema, and the schema to render the form from. The validator ignores patterns until the code that
 * matches them is loaded. The schema for the form has no patterns, because the form library would match them itself.
 */
export function useSchemaValidator(schema: JsonSchema): {
  formSchema: JsonSchema;
  validator: SchemaValidator;
} {
  const patternless = useMemo(() => createPatternlessValidator(schema), [schema]);
  const [loaded, setLoaded] = useState<{ schema: JsonSchema; validator: SchemaValidator }>();
  useEffect(() => {
    let isCurrent = true;
    createSchemaValidator(schema).then(
      (validator) => {
        if (isCurrent) setLoaded({ schema, validator });
      },
      // A pattern that cannot be matched in linear time is left to the receiver of the value.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [schema]);
  const validator = loaded?.schema === schema ? loaded.validator : patternless;
  return { formSchema: patternless.schema, validator };
}
