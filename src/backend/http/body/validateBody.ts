import { Validator } from '@cfworker/json-schema';
import { parsePointer } from '../../../common/parsePointer.js';
import { badRequest, type HttpError } from '../../domain/errors.js';
import { requestSchemaRefs, requestSchemas } from '../requestSchemas.js';
import { describeViolation } from './describeViolation.js';
import { findViolation } from './findViolation.js';
import type { Json } from './json.js';

/** Operation with a JSON body. */
type OperationWithBody = keyof typeof requestSchemaRefs;

const validators = new Map<OperationWithBody, Validator>();

/** Returns true if an operation takes a JSON body. */
export function hasJsonBody(operation: string): operation is OperationWithBody {
  return Object.hasOwn(requestSchemaRefs, operation);
}

/** Violation of the schema of an operation. */
export interface BodyFault {
  error: HttpError;
  /** Keys and indexes that lead to the value. Empty for the body itself, and if the place is unknown. */
  path: readonly string[];
}

/** Validates a body against the schema of its operation. Returns the first violation, or undefined. */
export function validateBody(operation: OperationWithBody, body: Json): BodyFault | undefined {
  let output;
  try {
    output = getValidator(operation).validate(body);
  } catch (error) {
    // The validator encodes property names as URI components, which fails for lone surrogates.
    if (error instanceof URIError)
      return {
        error: badRequest('The request body has a property whose name is not valid Unicode.'),
        path: [],
      };
    throw error;
  }
  if (output.valid) return undefined;
  const violation = findViolation(output.errors, requestSchemaRefs[operation], body);
  return violation === undefined
    ? { error: badRequest('The request body is not valid.'), path: [] }
    : { error: describeViolation(violation), path: parsePointer(violation.location) };
}

function getValidator(operation: OperationWithBody): Validator {
  const cached = validators.get(operation);
  if (cached !== undefined) return cached;
  const schema = { ...requestSchemas, ...requestSchemaRefs[operation] };
  const validator = new Validator(schema, '2020-12');
  validators.set(operation, validator);
  return validator;
}
