import { StoreError } from '../stores/StoreError.js';

/** One line of the log. No text of a message, no key and no query of an address is ever in it. */
export type LogLine = { time: string; level: 'info' | 'warn' | 'error' } & (
  | { event: 'listening'; url: string; data: string | null }
  | { event: 'notice'; message: string }
  | {
      event: 'request';
      /** As the caller got it in x-request-id; null for one that left before the answer. */
      id: string | null;
      method: string;
      path: string;
      /** 499 for a caller that left before the answer. */
      status: number;
      /** Until the answer began; a stream goes on after that. */
      ms: number;
      error?: LoggedError;
    }
  | { event: 'stopping' | 'stopped' }
);

/** An error without its message, which may repeat what was sent; those of a store never do. */
export interface LoggedError {
  name: string;
  message?: string;
  code?: string;
  /** Where it happened, innermost first. */
  stack: string[];
}

/** A line with the time it is written at. */
export type Log = (line: Unstamped<LogLine>) => void;
type Unstamped<Line> = Line extends unknown ? Omit<Line, 'time'> : never;

/** What may be told of an error. */
export function toLoggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(error instanceof StoreError ? { message: error.message } : {}),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: at.slice(0, 8).map((line) => line.trim().slice('at '.length)),
  };
}
