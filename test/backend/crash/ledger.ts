import { randomUUID } from 'node:crypto';
import type { Answer, ServerProcess } from './server.js';

/** What was asked of a server, and what of it was acknowledged. */
interface Entry {
  key: string;
  path: string;
  body: () => object | FormData;
  /** Where the object is read. */
  at: (object: Answer['body']) => string;
  /** Undefined while no answer has come. */
  object: Answer['body'] | undefined;
  /** Whether it was seen again behind a restart. */
  isSeen: boolean;
}

/** Writes to a server that dies, and says what a restart must show. */
export interface Ledger {
  /** Writes until the server is gone or `until` is aborted; resolves with the number of acknowledged writes. */
  write(server: ServerProcess, until: AbortSignal): Promise<number>;
  /**
   * Asks for what was acknowledged since the last check, and sends what was not again, under the same key. Resolves with
   * what is wrong: nothing, if all is well.
   */
  check(server: ServerProcess): Promise<string[]>;
  /** Reads the threads from end to end: every message is there once, in the order of acknowledgement. */
  checkThreads(server: ServerProcess): Promise<string[]>;
  readonly acknowledged: number;
}

/** @param writers How many requests are on their way at once. */
export function createLedger(writers: number): Ledger {
  const entries: Entry[] = [];
  const threads: string[] = [];
  const messages = new Map<string, string[]>();
  let assistant: string | undefined;
  let count = 0;

  const entry = (path: string, body: Entry['body'], at: Entry['at']): Entry => {
    const made: Entry = { key: randomUUID(), path, body, at, object: undefined, isSeen: false };
    entries.push(made);
    return made;
  };

  /** Each writer has a thread of its own, so its messages have one order. */
  function next(thread: string | undefined, turn: number): Entry {
    if (thread === undefined)
      return entry(
        '/threads',
        () => ({ messages: [] }),
        ({ id }) => `/threads/${id}`,
      );
    if (turn % 9 === 4)
      return entry(
        '/assistants',
        () => ({ model: 'm', name: `Assistant ${turn}` }),
        ({ id }) => `/assistants/${id}`,
      );
    if (turn % 9 === 6)
      return entry(
        '/files',
        () => upload(turn),
        ({ id }) => `/files/${id}/content`,
      );
    if (turn % 9 === 8) {
      const run = {
        assistant_id: assistant,
        thread: { messages: [{ role: 'user', content: 'Hello' }] },
      };
      return entry(
        '/threads/runs',
        () => run,
        ({ id, thread_id: made }) => `/threads/${made}/runs/${id}`,
      );
    }
    const text = { role: 'user', content: `Message ${turn} ${'x'.repeat((turn * 37) % 3000)}` };
    return entry(
      `/threads/${thread}/messages`,
      () => text,
      ({ id }) => `/threads/${thread}/messages/${id}`,
    );
  }

  function acknowledge(made: Entry, object: Answer['body']): void {
    const { id } = object;
    made.object = object;
    count += 1;
    const thread = /^\/threads\/(\w+)\/messages$/.exec(made.path)?.[1];
    if (thread !== undefined)
      messages
        .set(thread, messages.get(thread) ?? [])
        .get(thread)
        ?.push(id);
    if (made.path === '/threads') threads.push(id);
    if (made.path === '/assistants') assistant = id;
  }

  async function sendOne(server: ServerProcess, made: Entry): Promise<string | undefined> {
    const answer = await server.send('POST', made.path, made.body(), {
      'idempotency-key': made.key,
    });
    if (answer.status === 200) acknowledge(made, answer.body);
    return answer.status === 200 ? undefined : `POST ${made.path} answered ${answer.status}`;
  }

  return {
    get acknowledged() {
      return count;
    },

    async write(server, until) {
      const before = count;
      if (assistant === undefined)
        await sendOne(
          server,
          entry(
            '/assistants',
            () => ({ model: 'm' }),
            ({ id }) => `/assistants/${id}`,
          ),
        );
      const writer = async (index: number): Promise<void> => {
        for (let turn = index; !until.aborted; turn++) {
          try {
            await sendOne(server, next(threads[index], turn));
          } catch {
            // It is dead.
            return;
          }
        }
      };
      await Promise.all(Array.from({ length: writers }, (_, index) => writer(index)));
      return count - before;
    },

    async check(server) {
      const wrong: string[] = [];
      const isAcknowledged = new Set(entries.filter(({ object }) => object !== undefined));
      const pending = entries.filter(({ isSeen }) => !isSeen);
      // In their order: the messages of a thread are to stand as they were sent.
      for (const made of pending.filter((one) => !isAcknowledged.has(one))) {
        const refused = await sendOne(server, made);
        if (refused !== undefined) wrong.push(refused);
      }
      await Promise.all(
        pending.map(async (made) => {
          if (made.object === undefined || !isAcknowledged.has(made)) return;
          made.isSeen = true;
          const path = made.at(made.object);
          const { status, body } = await server.send('GET', path);
          if (status !== 200) wrong.push(`GET ${path} answered ${status}, but it was acknowledged`);
          // Whatever was at work when the process died is over, so that its thread is free.
          if (made.path === '/threads/runs' && !/^(completed|failed)$/.test(body.status ?? ''))
            wrong.push(`${path} is ${body.status}`);
        }),
      );
      return wrong;
    },

    async checkThreads(server) {
      const wrong: string[] = [];
      for (const [thread, expected] of messages) {
        const found: string[] = [];
        for (let after = ''; ; after = found.at(-1) ?? '') {
          const page = await server.send(
            'GET',
            `/threads/${thread}/messages?order=asc&limit=100&after=${after}`,
          );
          if (page.status !== 200)
            wrong.push(`GET the messages of ${thread} answered ${page.status}`);
          found.push(...(page.body.data ?? []).map(({ id }) => id));
          if (page.body.has_more !== true) break;
        }
        if (found.join() !== expected.join()) {
          wrong.push(
            `${thread} holds ${found.length} messages, and ${expected.length} were acknowledged`,
          );
        }
      }
      return wrong;
    },
  };
}

function upload(turn: number): FormData {
  const form = new FormData();
  form.set('purpose', 'assistants');
  form.set('file', new File([new Uint8Array((turn * 7919) % 60_000)], `file-${turn}.bin`));
  return form;
}
