import { createBackend } from '../../../src/backend/createBackend.js';
import type { ScriptedLine } from '../../../src/backend/models/scripted/script.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import { createCallRecords } from '../../../src/core/tools/createCallRecords.js';
import { createToolCalls } from '../../../src/core/tools/createToolCalls.js';
import type { Tool } from '../../../src/hooks/defineTool.js';
import type { ToolCall } from '../../../src/core/tools/toolCall.js';
import type {
  ToolCallsEngine,
  ToolCallsSettings,
  ToolCallsState,
} from '../../../src/core/tools/ToolCallsEngine.js';
import { followRun } from '../../../src/core/run/followRun.js';
import type { FollowedRun } from '../../../src/core/run/FollowedRun.js';

type Settings = Partial<ToolCallsSettings> & { tools: readonly Tool[] };

/** A run that makes the given calls, then ends; the outputs that reach it are kept in `received`. */
export async function toolWorld(...rounds: (readonly ScriptedLine[])[]) {
  const received: Record<string, string>[] = [];
  let now = Date.now();
  const backend = createBackend({
    now: () => now,
    onError: () => undefined,
    model: scriptedModel((turn) => {
      if (turn.round > 0)
        received.push(Object.fromEntries(turn.outputs.map(({ name, output }) => [name, output])));
      return rounds[turn.round] ?? 'Thank you.';
    }),
  });
  let guard: (request: Request) => Promise<Response | undefined> = async () => undefined;
  const client = createAssistantsClient({
    fetch: async (request) => (await guard(request.clone())) ?? backend.fetch(request),
    retry: 0,
  });
  const assistant = await client.createAssistant({ body: { model: 'scripted' } });
  const thread = await client.createThread({
    body: { messages: [{ role: 'user', content: 'Hi' }] },
  });
  const storage = memoryStorage();
  const locks = memoryLocks();

  /** What a tab of a browser has to itself: its own memory, over the storage and the locks of all. */
  function tab(
    followed: FollowedRun,
    runId: string,
    settings: Settings,
    shared: { locks?: LockManager | undefined } = { locks },
  ) {
    const records = createCallRecords({ storage, ...shared });
    const engine = createToolCalls(client, runId, records);
    engine.configure({ ...settings });
    const detach = engine.attach(followed);
    return { engine, followed, detach, ...waitersOf(engine) };
  }

  return {
    backend,
    client,
    received,
    storage,
    thread,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Stands before the backend; what it answers is the answer. */
    guard: (next: typeof guard) => void (guard = next),
    async start(settings: Settings, shared?: { locks?: LockManager | undefined }) {
      const followed = followRun(client, {
        createRun: { threadId: thread.id, body: { assistant_id: assistant.id } },
      });
      const runId = await new Promise<string>((resolve) => {
        followed.subscribe(() => {
          const { run } = followed.getState();
          if (run) resolve(run.id);
        });
      });
      return { ...tab(followed, runId, settings, shared), runId };
    },
    /** The same run in another tab, or after a reload. */
    async adopt(runId: string, settings: Settings, shared?: { locks?: LockManager | undefined }) {
      const followed = followRun(client, { threadId: thread.id, runId });
      await new Promise<void>((resolve) => {
        followed.subscribe(() => followed.getState().run && resolve());
      });
      return tab(followed, runId, settings, shared);
    },
  };
}

function waitersOf(engine: ToolCallsEngine) {
  const until = <T>(pick: (state: ToolCallsState) => T | undefined | false): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        const picked = pick(engine.getState());
        if (picked === undefined || picked === false) return;
        leave();
        resolve(picked);
      };
      const leave = engine.subscribe(look);
      look();
    });
  return {
    until,
    /** The first call of this name, once it is in this state. */
    call: <State extends ToolCall['state']>(
      name: string,
      state: State,
    ): Promise<Extract<ToolCall, { state: State }>> =>
      until(({ calls }) =>
        calls.find(
          (call): call is Extract<ToolCall, { state: State }> =>
            call.name === name && call.state === state,
        ),
      ),
  };
}

/** A Storage, as far as it is used. */
export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

/** Web Locks, as far as they are used: exclusive, in line, with `ifAvailable` and `signal`. */
export function memoryLocks(): LockManager {
  const tails = new Map<string, Promise<unknown>>();
  const held = new Set<string>();
  type Granted = (lock: Lock | null) => unknown;
  async function request(
    name: string,
    options: LockOptions | Granted,
    granted?: Granted,
  ): Promise<unknown> {
    const { ifAvailable = false, signal } = typeof options === 'function' ? {} : options;
    const callback = typeof options === 'function' ? options : granted;
    if (ifAvailable && held.has(name)) return callback?.(null);
    const before = tails.get(name);
    const turn = (async () => {
      await before;
      if (signal?.aborted) throw signal.reason;
      held.add(name);
      try {
        return await callback?.({ name, mode: 'exclusive' });
      } finally {
        held.delete(name);
      }
    })();
    if (!before) held.add(name);
    tails.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }
  return { request, query: async () => ({ held: [], pending: [] }) };
}
