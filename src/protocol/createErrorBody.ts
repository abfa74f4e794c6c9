import type { WireError } from './types.js';

/** Optional fields of an error body. */
export interface ErrorBodyDetails {
  /** Category of the error. @default 'invalid_request_error' */
  type?: string;
  /** Path of the invalid parameter, such as `tools[0].type`. @default null */
  param?: string | null;
  /** Machine-readable code. @default null */
  code?: string | null;
}

/** Builds the body of an error response. It always contains all four fields. */
export function createErrorBody(
  message: string,
  { type = 'invalid_request_error', param = null, code = null }: ErrorBodyDetails = {},
): { error: WireError } {
  return { error: { message, type, param, code } };
}
