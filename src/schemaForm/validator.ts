import { Validator, type Schema } from '@cfworker/json-schema';
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';

/**
 * What the form library asks a validator: which option of a union a value fits. Interprets, so it needs no eval. Problems
 * are found by `findProblems`, in the language of the tree.
 */
export const validator: ValidatorType<unknown, RJSFSchema, object> = {
  isValid(schema, value, rootSchema) {
    try {
      const { $defs, definitions } = rootSchema;
      // What a part refers to lies at the root.
      const whole = { ...($defs && { $defs }), ...(definitions && { definitions }), ...schema };
      // An RJSF schema is a JSON Schema with types of its own.
      return new Validator(whole as Schema, '2020-12').validate(value).valid;
    } catch {
      return false;
    }
  },
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({}),
};
