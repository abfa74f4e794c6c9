import { type BackendOptions, createBackend } from '../../src/backend/createBackend.js';
import type { Model } from '../../src/backend/models/model.js';

/** A parsed answer. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Body;
}

/** Parsed JSON, with what most tests look into. */
export interface Body {
  id?: string;
  data?: Body[];
  error?: { message: string; type: string; param: string | null; code: string | null };
  [field: string]: unknown;
}

/** Says hello, at once. */
export const helloModel: Model = {
  async *respond() {
    yield { type: 'text', text: 'Hello' };
    yield { type: 'finish', reason: 'stop' };
  },
};

/** Says a word and then nothing more, until it is stopped. */
export const endlessModel: Model = {
  async *respond({ signal }) {
    yield { type: 'text', text: 'Hm' };
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  },
};

/** A backend with a clock that a test moves, counted ids, and a short way to send JSON. */
export function testBackend(options: Partial<BackendOptions> = {}) {
  let now = 1_700_000_000_000;
  let lastId = 0;
  const backend = createBackend({
    model: helloModel,
    now: () => now,
    generateId: (prefix) => `${prefix}${String(++lastId).padStart(24, '0')}`,
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
  ): Promise<Answer> {
    const response = await backend.fetch(requestOf(method, path, body, headers));
    const text = await response.text();
    // Tests say what it has to hold.
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as Body,
    };
  }

  return {
    backend,
    send,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Creates an object and answers its id. */
    create: async (
      path: string,
      body: unknown = {},
      headers: Record<string, string> = {},
    ): Promise<string> => {
      const answer = await send('POST', path, body, headers);
      if (answer.status !== 200) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
      return answer.body.id ?? '';
    },
    upload: async (
      name = 'notes.txt',
      content = 'Notes',
      purpose = 'assistants',
    ): Promise<string> => {
      const response = await backend.fetch(
        new Request(url('/v1/files'), { method: 'POST', body: formOf(name, content, purpose) }),
      );
      const { id } = (await response.json()) as { id: string };
      return id;
    },
  };
}

export function formOf(name: string, content: string, purpose: string): FormData {
  const form = new FormData();
  form.set('purpose', purpose);
  form.set('file', new File([content], name));
  return form;
}

export function requestOf(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Request {
  if (body === undefined) return new Request(url(path), { method, headers });
  return new Request(url(path), {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export function url(path: string): string {
  return `http://backend.test${path}`;
}

export const V1 = { 'openai-beta': 'assistants=v1' };
