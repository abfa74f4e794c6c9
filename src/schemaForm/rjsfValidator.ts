import { Validator, type Schema } from '@cfworker/json-schema';
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';

/**
 * Validator for the form library, which asks it which option of a union a value matches. Works under a Content Security Policy
 * without `unsafe-eval`. Finds no problems: `findProblems` does, in the language of the tree.
 */
export const rjsfValidator: ValidatorType<unknown, RJSFSchema, object> = {
  isValid(schema, value, rootSchema) {
    const { $defs, definitions } = rootSchema;
    // The definitions that the subschema refers to are members of the root.
    const self = { ...($defs && { $defs }), ...(definitions && { definitions }), ...schema };
    try {
      // An RJSF schema is a JSON Schema with stricter types.
      return new Validator(self as Schema, '2020-12').validate(value).valid;
    } catch {
      // The schema refers to a definition that does not exist.
      return false;
    }
  },
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({}),
};
