import type { Middleware } from 'openapi-fetch';
import { createStore, type Store } from '../common/createStore.js';
import { readEvents } from '../common/readEvents.js';
import { truncate } from '../components/truncate.js';
import { addEvent, type EventRow } from '../views/inspector/addEvent.js';

/** A request that the client has sent. */
export interface RecordedRequest {
  id: string;
  method: string;
  url: string;
  /** Path with the names of its parameters. */
  path: string;
  startedAtMs: number;
  /** Until the response was read, or until the request failed. Undefined before. */
  durationMs?: number;
  /** Undefined before the response, or if there is none. */
  status?: number;
  /** Headers that hold no key. */
  headers: readonly (readonly [string, string])[];
  requestBody?: string;
  responseBody?: string;
  /** Events of an event stream. */
  events: readonly EventRow[];
  /** True if the app has ended the request. */
  isAborted?: boolean;
  /** Message of the error without a response. */
  error?: string;
}

/** Older requests are dropped. */
const MAX_REQUESTS = 200;

/** Maximum length of a body that is kept, in UTF-16 units. */
const MAX_BODY_LENGTH = 100_000;

const KEPT_HEADERS = ['accept', 'content-type', 'openai-beta', 'idempotency-key'];

/** Requests of all clients with the middleware `recordRequests`, oldest first. */
export const requestLog: Store<readonly RecordedRequest[]> = createStore<
  readonly RecordedRequest[]
>([]);

/**
 * Middleware that records the requests of a client for `AssistantsDevtools`. Keys and cookies are not recorded.
 *
 * @example
 * ```ts
 * import { createAssistantsClient } from 'assistants-react';
 * import { recordRequests } from 'assistants-react/devtools';
 *
 * const client = createAssistantsClient({ middleware: [recordRequests] });
 * ```
 */
export const recordRequests: Middleware = {
  async onRequest({ request, schemaPath, id }) {
    const headers = [...request.headers].filter(([name]) => KEPT_HEADERS.includes(name));
    const { method, url } = request;
    add({ id, method, url, path: schemaPath, startedAtMs: Date.now(), headers, events: [] });
    const isText = request.headers.get('content-type')?.includes('json') === true;
    if (isText)
      update(id, { requestBody: truncate(await request.clone().text(), MAX_BODY_LENGTH) });
  },
  onResponse({ request, response, id }) {
    update(id, { status: response.status });
    // The caller gets the response at once.
    void readCopy(id, response.clone(), request.signal)
      // The caller gets the error.
      .catch(() => undefined)
      .then(() => end(id));
  },
  onError({ request, error, id }) {
    if (request.signal.aborted) update(id, { isAborted: true });
    else update(id, { error: error instanceof Error ? error.message : String(error) });
    end(id);
  },
};

async function readCopy(id: string, response: Response, signal: AbortSignal): Promise<void> {
  const type = response.headers.get('content-type') ?? '';
  if (response.body && type.includes('event-stream')) {
    for await (const event of readEvents(response.body, { signal }))
      change(id, (request) => ({ ...request, events: addEvent(request.events, event) }));
  } else if (/json|text/.test(type)) {
    update(id, { responseBody: truncate(await response.text(), MAX_BODY_LENGTH) });
  } else {
    await response.body?.cancel();
  }
}

function add(request: RecordedRequest): void {
  requestLog.setState((requests) => [...requests, request].slice(-MAX_REQUESTS));
}

function update(id: string, fields: Partial<RecordedRequest>): void {
  change(id, (request) => ({ ...request, ...fields }));
}

function end(id: string): void {
  change(id, (request) => ({ ...request, durationMs: Date.now() - request.startedAtMs }));
}

function change(id: string, apply: (request: RecordedRequest) => RecordedRequest): void {
  requestLog.setState((requests) =>
    requests.map((request) => (request.id === id ? apply(request) : request)),
  );
}
