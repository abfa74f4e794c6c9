import type { ModelLogEntry } from '../models/server/ModelLogEntry.js';
import { StoreError } from '../stores/StoreError.js';

/**
 * One line of the server log. It never contains message texts, API keys or query strings. All lines have a `time` in ISO 8601
 * format.
 */
export type LogLine = { time: string; level: 'info' | 'warn' | 'error' } & LogEvent;

type LogEvent =
  | { event: 'listening'; url: string; data: string | null }
  /** Another process uses the database file. */
  | { event: 'waiting'; data: string; waitMs: number }
  | { event: 'notice'; message: string }
  | LoggedRequest
  | ModelLogEntry
  | { event: 'stopping' }
  | { event: 'stopped' };

/** Log entry of a request. */
export interface LoggedRequest {
  event: 'request';
  /** Value of the x-request-id response header. Null if the client disconnected before the response. */
  requestId: string | null;
  method: string;
  path: string;
  /** HTTP status. 499 if the client disconnected before the response. */
  status: number;
  /** Time until the response started, in milliseconds. Streams continue after it. */
  durationMs: number;
  /** Error that was answered with 500 or 507. */
  error?: LoggedError;
}

/** Error without its message, which may contain user content. Errors of stores keep their message. */
export interface LoggedError {
  name: string;
  message?: string;
  code?: string;
  /** Stack frames, innermost first. */
  stack: string[];
}

/** Writes a line. Adds the time. */
export type Log = (line: WithoutTime<LogLine>) => void;

/** Distributes over the union, which a plain `Omit` does not. */
type WithoutTime<Line> = Line extends unknown ? Omit<Line, 'time'> : never;

const MAX_STACK_FRAMES = 8;

/** Converts an error to the parts that may be logged. */
export function toLoggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(error instanceof StoreError ? { message: error.message } : {}),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: frames.slice(0, MAX_STACK_FRAMES).map((line) => line.trim().slice('at '.length)),
  };
}
