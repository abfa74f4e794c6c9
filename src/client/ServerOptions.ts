import type { OperationId } from '../protocol/types.js';

/**
 * An operation, `streaming`: the server can answer with event streams, or `after`: the server can continue a list after
 * one of its items.
 */
export type ServerCapability = OperationId | 'streaming' | 'after';

/**
 * Server whose capabilities are known. `createAssistantsClient` documents the options that each one sets.
 */
export type ServerPreset =
  | 'foundry'
  | 'azure-gateway'
  | 'litellm'
  | 'astra'
  | 'open-openai'
  | 'open-assistant-api'
  | 'supercompat';

/**
 * Capabilities of the server, for servers that do not have every operation. Everything that is not stated here is learnt from the
 * responses: a missing operation is requested once. If a 404 does not say whether the operation or an object is missing, the
 * operation is requested once for each object until it succeeds.
 */
export type ServerOptions = {
  /** Capabilities of a known server. The other options replace them. */
  preset?: ServerPreset;
} & { [Capability in ServerCapability]?: boolean };
