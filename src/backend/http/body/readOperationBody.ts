import type { OperationId } from '../../../protocol/types.js';
import type { JsonObject } from './json.js';
import { type BodyRules, normalizeBody } from './normalizeBody.js';
import { readForm, readJson } from './readBody.js';
import { validateWithoutNulls } from './validateWithoutNulls.js';
import { hasJsonBody } from './validateBody.js';

/** Largest request bodies, in bytes. */
export interface BodyLimits {
  /** Limit for JSON bodies. */
  bodyBytes: number;
  /** Limit for the form of uploadFile. */
  uploadBytes: number;
}

/**
 * Reads, validates and normalizes the body of an operation. Resolves with undefined if the operation takes none.
 * @throws HttpError 400 if the body is invalid, 413 if it exceeds the limit.
 */
export async function readOperationBody(
  operation: OperationId,
  request: Request,
  rules: BodyRules,
  limits: BodyLimits,
): Promise<JsonObject | FormData | undefined> {
  if (operation === 'uploadFile') return readForm(request, limits.uploadBytes);
  if (!hasJsonBody(operation)) return undefined;
  const body = validateWithoutNulls(operation, await readJson(request, limits.bodyBytes));
  // The schemas of all operations require an object.
  return normalizeBody(rules, operation, body as JsonObject);
}
