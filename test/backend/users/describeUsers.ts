import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/backend/stores/Store.js';
import { operationIds, operationPaths } from '../../../src/protocol/operationPaths.js';
import type { OperationId } from '../../../src/protocol/types.js';
import {
  type Answer,
  type CallOptions,
  createUserBackend,
  type Ids,
  type World,
} from './createUserWorld.js';
import { listIdFields } from './listIdFields.js';
import { OPERATION_CASES, REFERENCE_CASES } from './operationCases.js';
import { recordCalls } from './recordCalls.js';

const UNKNOWN: Ids = {
  assistant_id: 'asst_unknown',
  thread_id: 'thread_unknown',
  message_id: 'msg_unknown',
  run_id: 'run_unknown',
  step_id: 'step_unknown',
  file_id: 'file-unknown',
  vector_store_id: 'vs_unknown',
  batch_id: 'vsfb_unknown',
};
const MALFORMED = Object.fromEntries(Object.keys(UNKNOWN).map((name) => [name, 'a%20b'])) as Ids;

/** Names of the path parameters of an operation, in order. */
function listParameters(operation: OperationId): (keyof Ids)[] {
  const names = [...operationPaths[operation].path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names as (keyof Ids)[];
}

/** Ids of a path whose last parameters, from a position on, belong to someone else. */
interface MixedPath {
  operation: OperationId;
  /** Parameters with ids of the caller. */
  own: (keyof Ids)[];
  /** Parameters with other ids. */
  other: (keyof Ids)[];
}

const MIXED_PATHS: MixedPath[] = operationIds.flatMap((operation) => {
  const names = listParameters(operation);
  return names.map((_, index) => ({
    operation,
    own: names.slice(0, index),
    other: names.slice(index),
  }));
});

const POSTS = operationIds.filter((operation) => operationPaths[operation].method === 'POST');
/** Without the list of tokens by day, whose ids are the same for all users. */
const LISTS = operationIds.filter(
  (operation) => operation.startsWith('list') && operation !== 'listUsage',
);

const getThread = (operation: OperationId) => OPERATION_CASES[operation].thread ?? 'waiting';

/** Tests that users see their own objects only. `open` creates an empty store. */
export function describeUsers(name: string, open: () => Promise<Store> | Store): void {
  describe(`users of ${name}`, () => {
    let server: ReturnType<typeof createUserBackend>;
    let recorder: ReturnType<typeof recordCalls>;
    let alice: World;
    let bob: World;
    let stored: Answer[];
    let userCount = 0;

    beforeAll(async () => {
      recorder = recordCalls(await open());
      server = createUserBackend(recorder.store);
      alice = await server.createWorld('alice');
      bob = await server.createWorld('bob');
      stored = await readWorld();
    });

    /** Creates a user, for requests that change its objects. */
    async function createUser(): Promise<{ name: string; world: World }> {
      userCount += 1;
      const user = `carol-${userCount}`;
      return { name: user, world: await server.createWorld(user) };
    }

    /** Calls an operation with ids of a world. */
    function callCase(
      caller: string,
      operation: OperationId,
      world: World,
      { params, ...options }: CallOptions & { params?: Partial<Ids> } = {},
    ): Promise<Answer> {
      const ids = world[getThread(operation)];
      const body = OPERATION_CASES[operation].body?.(ids);
      return server.call(caller, operation, { ...ids, ...params }, { body, ...options });
    }

    /** Sends a request of bob with other ids. Resolves with the answer without these ids, and the calls of the store. */
    async function probe(
      ids: Ids,
      send: (ids: Ids) => Promise<Answer>,
    ): Promise<Answer & { storeCalls: string[] }> {
      const { result: answer, calls } = await recorder.record(() => send(ids));
      const storeCalls = calls.map((call) => withoutIds(call, ids));
      expect(answer.text).not.toContain('secret of alice');
      return { ...answer, text: withoutIds(answer.text, ids), storeCalls };
    }

    /** Expects that bob cannot tell the ids of alice from unknown ones. */
    async function expectSameAnswer(
      foreign: Ids,
      send: (ids: Ids) => Promise<Answer>,
    ): Promise<Answer> {
      const unknown = await probe(UNKNOWN, send);
      expect(await probe(foreign, send)).toEqual(unknown);
      return unknown;
    }

    /** Reads all objects of alice. */
    async function readWorld(): Promise<Answer[]> {
      const reads = operationIds.filter((operation) => operationPaths[operation].method === 'GET');
      const answers: Answer[] = [];
      for (const ids of [alice.waiting, alice.idle])
        for (const operation of reads) answers.push(await server.call('alice', operation, ids));
      return answers;
    }

    it.each(operationIds)('lets the owner call %s', async (operation) => {
      const { name: owner, world } = await createUser();
      const { status, text } = await callCase(owner, operation, world);
      expect([status, text.includes('"error":{')]).toEqual([200, false]);
      await server.backend.idle();
    });

    it.each(operationIds)(
      'refuses an anonymous %s of any id in the same way',
      async (operation) => {
        const own = await callCase('anonymous', operation, alice);
        expect(own.status).toBe(401);
        for (const ids of [UNKNOWN, MALFORMED])
          expect(await callCase('anonymous', operation, alice, { params: ids })).toEqual(own);
        const headers = { 'idempotency-key': 'key-1' };
        expect(await callCase('anonymous', operation, alice, { headers })).toEqual(own);
      },
    );

    it.each(MIXED_PATHS)(
      'answers $operation with a foreign $other.0 like an unknown one',
      async ({ operation, own, other }) => {
        const thread = getThread(operation);
        const { status } = await expectSameAnswer(alice[thread], (ids) => {
          const params = { ...pick(bob[thread], own), ...pick(ids, other) };
          return callCase('bob', operation, bob, { params });
        });
        expect(status).toBe(404);
        const malformed = { ...pick(bob[thread], own), ...pick(MALFORMED, other) };
        const bad = await callCase('bob', operation, bob, { params: malformed });
        expect([404, bad.text.includes('alice')]).toEqual([bad.status, false]);
      },
    );

    it.each(['?stream=true', '?stream=true&starting_after=0'])(
      'answers getRun%s with foreign ids like unknown ones',
      async (query) => {
        const { status } = await expectSameAnswer(alice.waiting, (ids) =>
          server.call('bob', 'getRun', ids, { query }),
        );
        expect(status).toBe(404);
        const mixed = await expectSameAnswer(alice.waiting, ({ run_id }) =>
          server.call('bob', 'getRun', { ...bob.waiting, run_id }, { query }),
        );
        expect(mixed.status).toBe(404);
      },
    );

    it.each(['createRun', 'createThreadAndRun', 'submitToolOutputsToRun'] as const)(
      'streams nothing of %s with foreign ids',
      async (operation) => {
        const thread = getThread(operation);
        const own = OPERATION_CASES[operation].body?.(bob[thread]) as object;
        const { status } = await expectSameAnswer(alice[thread], (ids) => {
          const assistant = 'assistant_id' in own ? { assistant_id: ids.assistant_id } : {};
          const body = { ...own, ...assistant, stream: true };
          return server.call('bob', operation, ids, { body });
        });
        expect(status).toBe(404);
      },
    );

    it.each(REFERENCE_CASES)(
      'answers $operation with a foreign id in $field like an unknown one',
      async ({ operation, kind, headers, body }) => {
        // A thread with an active run refuses messages and runs for another reason.
        const own = bob.idle;
        const { status } = await expectSameAnswer(alice.idle, (ids) =>
          server.call('bob', operation, own, {
            body: body(ids[kind], own),
            ...(headers && { headers }),
          }),
        );
        expect(status).toBe(404);
      },
    );

    it.each(REFERENCE_CASES)('accepts an own id in $field of $operation', async (reference) => {
      const { operation, kind, headers, body } = reference;
      const { name: owner, world } = await createUser();
      const { status } = await server.call(owner, operation, world.idle, {
        body: body(world.idle[kind], world.idle),
        ...(headers && { headers }),
      });
      expect(status).toBe(200);
      await server.backend.idle();
    });

    it('knows all fields of request bodies that hold ids', () => {
      for (const operation of operationIds) {
        const known = REFERENCE_CASES.filter((reference) => reference.operation === operation);
        const fields = listIdFields(operation).filter((field) => !field.endsWith('tool_call_id'));
        expect(known.map(({ field }) => field).toSorted()).toEqual(fields);
      }
    });

    it.each(LISTS)('takes no foreign cursor and no foreign filter in %s', async (operation) => {
      const kind = getListedKind(operation);
      for (const parameter of ['after', 'before']) {
        const { status } = await expectSameAnswer(alice.waiting, (ids) =>
          server.call('bob', operation, bob.waiting, { query: `?${parameter}=${ids[kind]}` }),
        );
        expect(status).toBe(400);
      }
    });

    it('finds no messages of a foreign run', async () => {
      const { text } = await expectSameAnswer(alice.waiting, ({ run_id }) =>
        server.call('bob', 'listMessages', bob.waiting, { query: `?run_id=${run_id}` }),
      );
      expect(text).toContain('"data":[]');
    });

    it.each(LISTS)('lists own objects only in %s', async (operation) => {
      for (const query of [
        '',
        '?order=asc',
        '?limit=1',
        '?order=asc&limit=1',
        '?purpose=assistants',
      ]) {
        const { status, text } = await server.call('bob', operation, bob.waiting, { query });
        expect(status).toBe(200);
        const { data } = JSON.parse(text) as { data: { id: string }[] };
        const own: string[] = [...Object.values(bob.waiting), ...Object.values(bob.idle)];
        expect(data.length).toBeGreaterThan(0);
        expect(data.map(({ id }) => id).filter((id) => !own.includes(id))).toEqual([]);
        expect(text).not.toContain('alice');
      }
    });

    it('counts the tokens of each user apart', async () => {
      interface Usage {
        runs: number;
        total_tokens: number;
      }
      const runTokens: number[] = [];
      for (const { thread_id } of [bob.waiting, bob.idle]) {
        const { text } = await server.call('bob', 'listRuns', { thread_id });
        const { data } = JSON.parse(text) as { data: { usage: Usage | null }[] };
        runTokens.push(...data.flatMap(({ usage }) => usage?.total_tokens ?? []));
      }
      const { data } = JSON.parse((await server.call('bob', 'listUsage')).text) as {
        data: Usage[];
      };
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      expect([
        sum(data.map(({ runs }) => runs)),
        sum(data.map(({ total_tokens: tokens }) => tokens)),
      ]).toEqual([runTokens.length, sum(runTokens)]);
      const stranger = await server.call('stranger', 'listUsage');
      expect(stranger.text).toContain('"data":[]');
      expect((await server.call('anonymous', 'listUsage')).status).toBe(401);
    });

    it.each(['listAssistants', 'listThreads', 'listFiles', 'listVectorStores'] as const)(
      'pages through the own objects in %s',
      async (operation) => {
        const all = JSON.parse((await server.call('bob', operation)).text) as {
          data: { id: string }[];
        };
        const paged: string[] = [];
        for (let after = ''; ; after = paged.at(-1) ?? '') {
          const query = `?limit=1&after=${after}`;
          const page = JSON.parse((await server.call('bob', operation, {}, { query })).text) as {
            data: { id: string }[];
            has_more: boolean;
          };
          paged.push(...page.data.map(({ id }) => id));
          if (!page.has_more) break;
        }
        expect(paged).toEqual(all.data.map(({ id }) => id));
      },
    );

    it.each(POSTS)('keeps the idempotency keys of users apart in %s', async (operation) => {
      const headers = { 'idempotency-key': 'key-1' };
      const [first, second] = [await createUser(), await createUser()];
      const call = ({ name: user, world }: { name: string; world: World }) =>
        callCase(user, operation, world, { headers });
      const answer = await call(first);
      const other = await call(second);
      expect([answer.status, other.status]).toEqual([200, 200]);
      expect([answer.isReplayed, other.isReplayed]).toEqual([false, false]);
      expect(other.text).not.toBe(answer.text);
      expect(await call(first)).toEqual({ ...answer, isReplayed: true });
      expect(await call(second)).toEqual({ ...other, isReplayed: true });
      expect((await callCase('anonymous', operation, first.world, { headers })).status).toBe(401);
      await server.backend.idle();
    });

    it('has changed nothing of alice for other users', async () => {
      expect(await readWorld()).toEqual(stored);
    });
  });
}

/** Returns the kind of the objects that an operation lists. */
function getListedKind(operation: OperationId): keyof Ids {
  if (operation.endsWith('Files')) return 'file_id';
  if (operation === 'listRunSteps') return 'step_id';
  if (operation === 'listRuns') return 'run_id';
  if (operation === 'listMessages') return 'message_id';
  if (operation === 'listVectorStores') return 'vector_store_id';
  return operation === 'listThreads' ? 'thread_id' : 'assistant_id';
}

function pick(ids: Ids, names: readonly (keyof Ids)[]): Partial<Ids> {
  return Object.fromEntries(names.map((name) => [name, ids[name]]));
}

/** Replaces ids by their kinds. */
function withoutIds(text: string, ids: Ids): string {
  let replaced = text;
  for (const [kind, id] of Object.entries(ids))
    if (id !== '') replaced = replaced.replaceAll(id, `{${kind}}`);
  return replaced;
}
