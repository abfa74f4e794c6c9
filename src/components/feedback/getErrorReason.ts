import type { ComponentTexts } from '../i18n/ComponentTexts.js';

/** Reason of an error, which selects the title and the advice that the user sees. */
export type ErrorReason = keyof ComponentTexts['error']['title'];

/** Fields of an error that determine its reason. */
export interface ErrorClassification {
  /** Kind of an `AssistantsError`. */
  kind?: string | undefined;
  code?: string | null | undefined;
  /** HTTP status. */
  status?: number | undefined;
}

const KINDS: ReadonlySet<string> = new Set<ErrorReason>([
  'network',
  'unsupported',
  'timeout',
  'aborted',
  'protocol',
  'stream',
  'run',
  'tool',
  'busy',
  'invalid-id',
]);

const REASONS_BY_STATUS: Readonly<Record<number, ErrorReason>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'busy',
  410: 'not-found',
  413: 'too-large',
  422: 'invalid',
  429: 'rate-limit',
};

/** Returns the reason of an error from its kind, code and HTTP status. The message of a server has no stable wording. */
export function getErrorReason({ kind, status, code }: ErrorClassification): ErrorReason {
  if (kind === 'run' && code === 'no_assistant') return 'no-assistant';
  if (kind === 'network' && code === 'not_loaded') return 'not-loaded';
  if (kind === 'aborted' && code === 'page_closed') return 'not-sent';
  if (kind !== undefined && isKindWithReason(kind)) return kind;
  if (status !== undefined) return REASONS_BY_STATUS[status] ?? (status >= 500 ? 'server' : 'http');
  return kind === 'http' ? 'http' : 'unknown';
}

function isKindWithReason(kind: string): kind is ErrorReason {
  return KINDS.has(kind);
}
