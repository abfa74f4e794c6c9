import type { AssistantsClient } from 'assistants-react';
import type { OperationId } from './Resource.js';

/** Calls an operation whose parameters are known at run time only. The server validates the body. */
export function callOperation(
  client: AssistantsClient,
  operation: OperationId,
  params: Record<string, unknown>,
): Promise<unknown> {
  const call = client[operation] as (params: Record<string, unknown>) => Promise<unknown>;
  return call(params);
}
