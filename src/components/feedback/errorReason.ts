import type { ComponentTexts } from '../i18n/texts.js';
import type { NoticeError } from './ErrorNotice.js';

/** What an error means to a person. */
export type ErrorReason = keyof ComponentTexts['error']['title'];

const KINDS: ReadonlySet<string> = new Set<ErrorReason>([
  'network',
  'timeout',
  'aborted',
  'protocol',
  'stream',
  'run',
  'tool',
  'busy',
  'invalid-id',
]);

const STATUSES: Readonly<Record<number, ErrorReason>> = {
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

/** The reason by what is ours in code, by kind, and for HTTP by status; never by the words of the message. */
export function errorReason({
  kind,
  status,
  code,
}: Pick<NoticeError, 'kind' | 'status' | 'code'>): ErrorReason {
  if (kind === 'run' && code === 'no_assistant') return 'no-assistant';
  if (kind !== undefined && isReason(kind)) return kind;
  if (status !== undefined) return STATUSES[status] ?? (status >= 500 ? 'server' : 'http');
  return kind === 'http' ? 'http' : 'unknown';
}

function isReason(kind: string): kind is ErrorReason {
  return KINDS.has(kind);
}
