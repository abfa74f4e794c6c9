import { dereference, validate, type Schema } from '@cfworker/json-schema';
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';
import { assertCheckable } from '../common/jsonSchema/assertCheckable.js';
import { toJsonValue } from '../common/jsonSchema/toJsonValue.js';

/**
 * Validator for the form library, which asks it which option of a union a value matches. Works under a Content Security Policy
 * without `unsafe-eval`. Finds no problems: `findProblems` does, in the language of the tree.
 */
export const rjsfValidator: ValidatorType<unknown, RJSFSchema, object> = {
  isValid(schema, value, rootSchema) {
    if (value === undefined) return false;
    const { $defs, definitions } = rootSchema;
    // The definitions that the subschema refers to are members of the root. An RJSF schema is a JSON Schema with stricter types.
    const self = {
      ...($defs && { $defs }),
      ...(definitions && { definitions }),
      ...schema,
    } as Schema;
    try {
      const lookup = dereference(self);
      const json = toJsonValue(value);
      assertCheckable(self, lookup, json);
      return validate(json, self, '2020-12', lookup).valid;
    } catch {
      // The schema refers to a definition that does not exist, or checking the value would take too long.
      return false;
    }
  },
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({}),
};
