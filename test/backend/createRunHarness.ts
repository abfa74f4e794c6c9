import type { BackendOptions } from '../../src/backend/BackendOptions.js';
import type { Backend } from '../../src/backend/createBackend.js';
import { createTestedBackend } from './createTestedBackend.js';
import { readEvents } from '../../src/common/readEvents.js';
import type {
  Assistant,
  FileObject,
  Message,
  Page,
  Run,
  RunStep,
  Thread,
} from '../../src/protocol/types.js';

/** Event of a stream with parsed data. */
export interface Frame {
  event: string;
  data: unknown;
  /** Sequence number of the event. */
  id?: number;
}

/** Creates a backend with a manual clock and one assistant, and helpers for tests of runs. */
export async function createRunHarness(options: BackendOptions, assistant: object = {}) {
  let now = 1_700_000_000_000;
  const backend = createTestedBackend({ now: () => now, ...options });
  const request = createRequester(backend);
  const created = await request.json<Assistant>('POST', '/assistants', {
    model: 'scripted',
    ...assistant,
  });
  return {
    ...request,
    backend,
    assistant: created,
    advanceTime: (seconds: number) => {
      now += seconds * 1000;
    },
    /** Creates a thread with user messages. */
    async createThread(...texts: string[]): Promise<Thread> {
      const listMessages = texts.map((content) => ({ role: 'user', content }));
      return request.json<Thread>('POST', '/threads', { messages: listMessages });
    },
    createRun: (threadId: string, body: object = {}) =>
      request.json<Run>('POST', `/threads/${threadId}/runs`, { assistant_id: created.id, ...body }),
    streamRun: (threadId: string, body: object = {}) =>
      request.frames(`/threads/${threadId}/runs`, {
        assistant_id: created.id,
        stream: true,
        ...body,
      }),
    getRun: (run: { thread_id: string; id: string }) =>
      request.json<Run>('GET', `/threads/${run.thread_id}/runs/${run.id}`),
    async messages(threadId: string): Promise<Message[]> {
      return (await request.json<Page<Message>>('GET', `/threads/${threadId}/messages?order=asc`))
        .data;
    },
    async listSteps(run: { thread_id: string; id: string }): Promise<RunStep[]> {
      const path = `/threads/${run.thread_id}/runs/${run.id}/steps?order=asc`;
      return (await request.json<Page<RunStep>>('GET', path)).data;
    },
    cancelRun: (run: { thread_id: string; id: string }) =>
      request.send('POST', `/threads/${run.thread_id}/runs/${run.id}/cancel`),
    submitToolOutputs: (run: { thread_id: string; id: string }, body: object) =>
      request.send('POST', `/threads/${run.thread_id}/runs/${run.id}/submit_tool_outputs`, body),
  };
}

function createRequester(backend: Backend) {
  const send = (method: string, path: string, body?: object, init: RequestInit = {}) =>
    backend.fetch(
      new Request(`http://localhost/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...init,
      }),
    );
  return {
    send,
    /** Uploads a small text file and returns its id. */
    async upload(name: string): Promise<string> {
      const form = new FormData();
      form.set('purpose', 'assistants');
      form.set('file', new File([`Content of ${name}`], name, { type: 'text/plain' }));
      const response = await backend.fetch(
        new Request('http://localhost/v1/files', { method: 'POST', body: form }),
      );
      return ((await response.json()) as FileObject).id;
    },
    async json<T>(method: string, path: string, body?: object): Promise<T> {
      const response = await send(method, path, body);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return JSON.parse(text) as T;
    },
    async *frames(
      path: string,
      body: object,
      init?: RequestInit,
    ): AsyncGenerator<Frame, void, void> {
      yield* readFrames(await send('POST', path, body, init));
    },
    /** Continues the stream of a run after an event. */
    async *rejoinRun(
      run: { thread_id: string; id: string },
      after: number,
      init?: RequestInit,
    ): AsyncGenerator<Frame, void, void> {
      const path = `/threads/${run.thread_id}/runs/${run.id}?stream=true&starting_after=${after}`;
      yield* readFrames(await send('GET', path, undefined, init));
    },
  };
}

async function* readFrames(response: Response): AsyncGenerator<Frame, void, void> {
  if (!response.ok || response.body === null) throw new Error(await response.text());
  for await (const { event, data, id } of readEvents(response.body)) {
    yield {
      event,
      data: data === '[DONE]' ? data : JSON.parse(data),
      ...(id === undefined ? {} : { id: Number(id) }),
    };
  }
}

/** Reads a stream to its end. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Returns the event names. Consecutive deltas count as one. */
export function getEventNames(frames: readonly Frame[]): string[] {
  return frames
    .map(({ event }) => event)
    .filter((event, index, events) => !event.endsWith('.delta') || events[index - 1] !== event);
}

/** Returns the run that an event contains. */
export function getRunOfEvent(frame: Frame | undefined): Run {
  if (frame?.event.split('.').length !== 3 || !frame.event.startsWith('thread.run.')) {
    throw new Error(`The event ${frame?.event} contains no run.`);
  }
  return frame.data as Run;
}

/** Returns the text of a message. */
export function getText(message: Message | undefined): string {
  return (
    message?.content.map((part) => (part.type === 'text' ? part.text.value : '')).join('') ?? ''
  );
}

/** Reads a stream up to and including the first event with this name. Leaves the stream open. */
export async function readUntil(
  frames: AsyncIterator<Frame, void>,
  event: string,
): Promise<Frame[]> {
  const read: Frame[] = [];
  while (read.at(-1)?.event !== event) {
    const next = await frames.next();
    if (next.done === true)
      throw new Error(
        `The stream ended before ${event}: ${read.map((frame) => frame.event).join()}`,
      );
    read.push(next.value);
  }
  return read;
}
