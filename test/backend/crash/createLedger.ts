import { randomUUID } from 'node:crypto';
import type { RequestTarget, ServerResponse } from './sendRequest.js';

/** Write request with its acknowledgement. */
interface Entry {
  idempotencyKey: string;
  path: string;
  createBody: () => object | FormData;
  /** Returns the path that reads the created object. */
  getPath: (object: ServerResponse['body']) => string;
  /** Created object. Undefined until the server acknowledges the request. */
  object: ServerResponse['body'] | undefined;
  /** Set after the object was found after a restart. */
  isVerified: boolean;
}

/** Writes to a server that may be killed, and checks what must be stored after a restart. */
export interface Ledger {
  /** Writes until the server ends or `signal` aborts. A paced ledger only writes while `waitForWrites` waits. */
  write(server: RequestTarget, signal: AbortSignal): Promise<void>;
  /** Resolves after this number of further acknowledgements. */
  waitForWrites(count: number): Promise<void>;
  /**
   * Repeats the requests that were not acknowledged with their idempotency keys, and reads what was acknowledged since the
   * last check. Resolves with the problems found.
   */
  check(server: RequestTarget): Promise<string[]>;
  /** Checks that each thread contains its messages once, in the order of acknowledgement. Resolves with the problems found. */
  checkThreads(server: RequestTarget): Promise<string[]>;
  /** Returns the acknowledged runs. Each is the only one of its thread. */
  listRuns(): { id: string; thread_id: string }[];
  /** Number of acknowledged writes. */
  readonly acknowledged: number;
}

/**
 * Creates a ledger.
 *
 * @param writers Number of concurrent requests.
 * @param options.isPaced True to write no more than is waited for, so that servers that start are not slowed down.
 */
export function createLedger(writers: number, { isPaced = false } = {}): Ledger {
  const entries: Entry[] = [];
  const threads: string[] = [];
  /** Ids of the acknowledged messages by thread. */
  const messages = new Map<string, string[]>();
  let assistant: string | undefined;
  let acknowledged = 0;
  const listeners = new Set<() => void>();
  const resumeListeners = new Set<() => void>();

  const addEntry = (
    path: string,
    createBody: Entry['createBody'],
    getPath: Entry['getPath'],
  ): Entry => {
    const entry: Entry = {
      idempotencyKey: randomUUID(),
      path,
      createBody,
      getPath,
      object: undefined,
      isVerified: false,
    };
    entries.push(entry);
    return entry;
  };

  const addAssistant = (name: string) =>
    addEntry(
      '/assistants',
      () => ({ model: 'm', name }),
      ({ id }) => `/assistants/${id}`,
    );

  /** Each writer uses a thread of its own, so the order of its messages is known. */
  function addNextEntry(thread: string | undefined, turn: number): Entry {
    if (thread === undefined) {
      return addEntry(
        '/threads',
        () => ({ messages: [] }),
        ({ id }) => `/threads/${id}`,
      );
    }
    switch (turn % 9) {
      case 4:
        return addAssistant(`Assistant ${turn}`);
      case 6:
        return addEntry(
          '/files',
          () => createForm(turn),
          ({ id }) => `/files/${id}/content`,
        );
      case 8: {
        const run = {
          assistant_id: assistant,
          thread: { messages: [{ role: 'user', content: 'Hello' }] },
        };
        return addEntry(
          '/threads/runs',
          () => run,
          ({ id, thread_id: threadId }) => `/threads/${threadId}/runs/${id}`,
        );
      }
      default: {
        const content = `Message ${turn} ${'x'.repeat((turn * 37) % 3000)}`;
        return addEntry(
          `/threads/${thread}/messages`,
          () => ({ role: 'user', content }),
          ({ id }) => `/threads/${thread}/messages/${id}`,
        );
      }
    }
  }

  function acknowledge(entry: Entry, object: ServerResponse['body']): void {
    const { id } = object;
    entry.object = object;
    acknowledged += 1;
    const thread = /^\/threads\/(\w+)\/messages$/.exec(entry.path)?.[1];
    if (thread !== undefined) messages.set(thread, [...(messages.get(thread) ?? []), id]);
    if (entry.path === '/threads') threads.push(id);
    if (entry.path === '/assistants') assistant = id;
    for (const listener of listeners) listener();
  }

  /** Resolves with a problem if the server rejects the request. */
  async function sendEntry(server: RequestTarget, entry: Entry): Promise<string | undefined> {
    const { status, body } = await server.send('POST', entry.path, entry.createBody(), {
      'idempotency-key': entry.idempotencyKey,
    });
    if (status !== 200) return `POST ${entry.path} returned ${status}`;
    acknowledge(entry, body);
    return undefined;
  }

  async function verify(server: RequestTarget, entry: Entry): Promise<string[]> {
    if (entry.object === undefined) return [];
    entry.isVerified = true;
    const path = entry.getPath(entry.object);
    const { status, body } = await server.send('GET', path);
    const problems: string[] = [];
    if (status !== 200) problems.push(`GET ${path} returned ${status}, but it was acknowledged`);
    // Runs that were active when the process ended must be settled, so that their threads are free.
    if (entry.path === '/threads/runs' && !/^(completed|failed)$/.test(body.status ?? ''))
      problems.push(`${path} is ${body.status}`);
    return problems;
  }

  /** Resolves when `waitForWrites` waits, or the signal aborts. */
  function waitForTurn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const resume = (): void => {
        resumeListeners.delete(resume);
        signal.removeEventListener('abort', resume);
        resolve();
      };
      resumeListeners.add(resume);
      signal.addEventListener('abort', resume);
    });
  }

  return {
    get acknowledged() {
      return acknowledged;
    },

    listRuns: () =>
      entries.flatMap(({ object }) =>
        object?.thread_id === undefined || !object.id.startsWith('run_')
          ? []
          : [{ id: object.id, thread_id: object.thread_id }],
      ),

    async write(server, signal) {
      if (assistant === undefined) await sendEntry(server, addAssistant('First'));
      const runWriter = async (index: number): Promise<void> => {
        for (let turn = index; !signal.aborted; turn++) {
          if (isPaced && listeners.size === 0) await waitForTurn(signal);
          if (signal.aborted) return;
          try {
            await sendEntry(server, addNextEntry(threads[index], turn));
          } catch {
            // The server was killed.
            return;
          }
        }
      };
      await Promise.all(Array.from({ length: writers }, (_, index) => runWriter(index)));
    },

    waitForWrites(count) {
      const target = acknowledged + count;
      return new Promise((resolve) => {
        const listener = (): void => {
          if (acknowledged < target) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
        listener();
        if (listeners.has(listener)) for (const resume of resumeListeners) resume();
      });
    },

    async check(server) {
      const problems: string[] = [];
      const unverified = entries.filter(({ isVerified }) => !isVerified);
      const isAcknowledged = (entry: Entry) => entry.object !== undefined;
      const toVerify = unverified.filter(isAcknowledged);
      // One by one, because the messages of a thread must keep their order.
      for (const entry of unverified.filter((entry) => !isAcknowledged(entry))) {
        const problem = await sendEntry(server, entry);
        if (problem !== undefined) problems.push(problem);
      }
      const found = await Promise.all(toVerify.map((entry) => verify(server, entry)));
      return [...problems, ...found.flat()];
    },

    async checkThreads(server) {
      const problems: string[] = [];
      for (const [thread, expected] of messages) {
        const found = await listMessageIds(server, thread);
        if (typeof found === 'string') problems.push(found);
        else if (found.join() !== expected.join()) {
          problems.push(
            `${thread} contains ${found.length} messages, but ${expected.length} were acknowledged`,
          );
        }
      }
      return problems;
    },
  };
}

/** Lists all messages of a thread, oldest first. Resolves with a problem if the server rejects a request. */
export async function listMessageIds(
  server: RequestTarget,
  thread: string,
): Promise<string[] | string> {
  const ids: string[] = [];
  for (let after = ''; ; after = ids.at(-1) ?? '') {
    const { status, body } = await server.send(
      'GET',
      `/threads/${thread}/messages?order=asc&limit=100&after=${after}`,
    );
    if (status !== 200) return `GET the messages of ${thread} returned ${status}`;
    ids.push(...(body.data ?? []).map(({ id }) => id));
    if (body.has_more !== true) return ids;
  }
}

function createForm(turn: number): FormData {
  const form = new FormData();
  form.set('purpose', 'assistants');
  form.set('file', new File([new Uint8Array((turn * 7919) % 60_000)], `file-${turn}.bin`));
  return form;
}
