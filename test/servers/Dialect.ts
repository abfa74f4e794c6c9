import type { OperationId } from '../../src/protocol/types.js';

/** Object on the wire. */
export type WireObject = Record<string, unknown> & { id: string };

/** List that a server answers with. */
export interface WireList {
  items: WireObject[];
  hasMore: boolean;
}

/** Deviations of a server from the contract. */
export interface Dialect {
  /** Name of the server, as the table shows it. */
  name: string;
  /** Operations that the server does not have. */
  missing: readonly OperationId[];
  /** Response to a request for a missing operation. */
  respondMissing: (request: Request) => Response;
  /**
   * Frames of event streams: with an `event:` line, as `{"event", "data"}`, or as bare objects. 'none' if the server answers with
   * JSON.
   */
  frames: 'events' | 'wrapped' | 'bare' | 'none';
  /** Frame at the end of a stream. Empty if the server only closes it. */
  doneFrame: string;
  /** Comment or event that keeps streams open. */
  heartbeat?: string;
  /** Status of a response that creates an object. */
  createdStatus: 200 | 201;
  createId: (prefix: string, count: number) => string;
  /** Converts an object to the form of the server. */
  toWire: (object: WireObject) => object;
  /** Converts a list to the form of the server. */
  toList: (list: WireList) => object;
  /** True if runs without a stream end before the server answers. */
  finishesInPost?: boolean;
  /** True if createThreadAndRun answers with JSON, also if a stream is requested. */
  ignoresStreamOfThreads?: boolean;
  /** True if listRuns answers with the runs of all threads, and with status 500 if there are none. */
  listsAllRuns?: boolean;
  /** Response to a list request with `after`. Undefined if the server supports it. */
  respondToAfter?: () => Response;
  /** True if all calls of an action have the same id. */
  sharesCallIds?: boolean;
  /** True if the server runs tools itself, after an approval. */
  asksForApprovals?: boolean;
  /** Checks a request before it is handled. */
  authorize?: (request: Request) => Response | undefined;
}

/** Dialect of a server that has everything, and deviates in nothing. */
export const referenceDialect: Omit<Dialect, 'name'> = {
  missing: [],
  respondMissing: () => Response.json({ error: { message: 'Not found' } }, { status: 404 }),
  frames: 'events',
  doneFrame: 'event: done\ndata: [DONE]\n\n',
  createdStatus: 200,
  createId: (prefix, count) => `${prefix}_${String(count).padStart(4, '0')}`,
  toWire: (object) => object,
  toList: ({ items, hasMore }) => ({
    object: 'list',
    data: items,
    first_id: items[0]?.['id'] ?? null,
    last_id: items.at(-1)?.['id'] ?? null,
    has_more: hasMore,
  }),
};

/** Returns an object without the fields that are null, at any depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(entries.map(([key, field]) => [key, withoutNulls(field)]));
}

/** Returns an object with changed times. */
export function withTimes(object: WireObject, change: (seconds: number) => number): WireObject {
  const entries = Object.entries(object).map(([key, field]) => [
    key,
    key.endsWith('_at') && typeof field === 'number' ? change(field) : field,
  ]);
  return Object.fromEntries(entries) as WireObject;
}
