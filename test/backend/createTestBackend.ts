import type { BackendOptions } from '../../src/backend/BackendOptions.js';
import { createTestedBackend } from './createTestedBackend.js';
import type { Model } from '../../src/backend/models/Model.js';

/** Response with a parsed JSON body. */
export interface TestResponse {
  status: number;
  headers: Headers;
  body: ResponseBody;
}

/** JSON body, with the fields that most tests read. */
export interface ResponseBody {
  id?: string;
  data?: ResponseBody[];
  error?: { message: string; type: string; param: string | null; code: string | null };
  [field: string]: unknown;
}

/** Answers 'Hello'. */
export const helloModel: Model = {
  async *respond() {
    yield { type: 'text', text: 'Hello' };
    yield { type: 'finish', reason: 'stop' };
  },
};

/** Sends one word and then nothing, until the run is stopped. */
export const endlessModel: Model = {
  async *respond({ signal }) {
    yield { type: 'text', text: 'Hm' };
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  },
};

/** Creates a backend with a manual clock and sequential ids, and helpers that send requests. */
export function createTestBackend(options: Partial<BackendOptions> = {}) {
  let now = 1_700_000_000_000;
  let lastId = 0;
  const backend = createTestedBackend({
    model: helloModel,
    now: () => now,
    generateId: (prefix) => {
      lastId += 1;
      return `${prefix}${String(lastId).padStart(24, '0')}`;
    },
    onError: (error) => {
      throw error;
    },
    ...options,
  });

  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<TestResponse> {
    const response = await backend.fetch(createRequest(method, path, body, headers));
    const text = await response.text();
    // The test asserts the fields that it uses.
    const json = (text === '' ? null : JSON.parse(text)) as ResponseBody;
    return { status: response.status, headers: response.headers, body: json };
  }

  /** Sends a request to a path below `/v1`, and returns the object. @throws Error unless it succeeds */
  async function call<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const response = await send(method, `/v1${path}`, body);
    if (response.status !== 200)
      throw new Error(`${method} ${path}: ${JSON.stringify(response.body)}`);
    // The conformance test validates the responses of all operations.
    return response.body as Result;
  }

  return {
    backend,
    send,
    call,
    advanceTime: (milliseconds: number) => {
      now += milliseconds;
    },
    /** Creates an object and returns its id. */
    create: async (
      path: string,
      body: unknown = {},
      headers: Record<string, string> = {},
    ): Promise<string> => {
      const response = await send('POST', path, body, headers);
      if (response.status !== 200)
        throw new Error(`POST ${path}: ${JSON.stringify(response.body)}`);
      return response.body.id ?? '';
    },
    /** Uploads a file and returns its id. */
    upload: async (
      name = 'notes.txt',
      content = 'Notes',
      purpose = 'assistants',
    ): Promise<string> => {
      const body = createUploadForm(name, content, purpose);
      const response = await backend.fetch(
        new Request(toUrl('/v1/files'), { method: 'POST', body }),
      );
      const { id } = (await response.json()) as { id: string };
      return id;
    },
  };
}

/** Creates the body of uploadFile. */
export function createUploadForm(name: string, content: string, purpose: string): FormData {
  const form = new FormData();
  form.set('purpose', purpose);
  form.set('file', new File([content], name));
  return form;
}

/** Creates a request. A string body is sent as it is, any other body as JSON. */
export function createRequest(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Request {
  if (body === undefined) return new Request(toUrl(path), { method, headers });
  return new Request(toUrl(path), {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export function toUrl(path: string): string {
  return `http://backend.test${path}`;
}

/** Headers of a request in version 1. */
export const V1_HEADERS = { 'openai-beta': 'assistants=v1' };
