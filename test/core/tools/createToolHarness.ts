import { onTestFinished } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import type { ScriptedLine } from '../../../src/backend/models/scripted/ScriptedLine.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import type { FollowedRun } from '../../../src/core/run/FollowedRun.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { createCallLocks } from '../../../src/core/tools/createCallLocks.js';
import { createCallRecords } from '../../../src/core/tools/createCallRecords.js';
import { createAllowedTools } from '../../../src/core/tools/createAllowedTools.js';
import { createToolCalls } from '../../../src/core/tools/createToolCalls.js';
import type { FunctionTool } from '../../../src/core/tools/FunctionTool.js';
import type {
  ToolCallsEngine,
  ToolCallsSettings,
  ToolCallsSnapshot,
} from '../../../src/core/tools/ToolCallsEngine.js';
import type { ToolCall } from '../../../src/protocol/ToolCall.js';
import { createMemoryLocks, createMemoryStorage } from './memoryBrowser.js';

type Settings = Partial<ToolCallsSettings> & { tools: readonly FunctionTool[] };
type Interceptor = (request: Request) => Promise<Response | undefined>;

/** Options of a tab. */
interface TabOptions {
  /** False for a browser without Web Locks, where tabs claim calls in their records. */
  hasLocks?: boolean;
}

/**
 * Creates a backend whose model makes the given calls, one round after the other, and then completes the run. All tabs share
 * one storage and one lock manager.
 */
export async function createToolHarness(...rounds: (readonly ScriptedLine[])[]) {
  /** Outputs that reached the model, by function name, one entry for each round. */
  const received: Record<string, string>[] = [];
  let skippedMs = 0;
  const backend = createBackend({
    now: () => Date.now() + skippedMs,
    onError: () => undefined,
    model: scriptedModel((turn) => {
      if (turn.round > 0)
        received.push(Object.fromEntries(turn.outputs.map(({ name, output }) => [name, output])));
      return rounds[turn.round] ?? 'Thank you.';
    }),
  });
  let intercept: Interceptor = async () => undefined;
  const client = createAssistantsClient({
    fetch: async (request) => (await intercept(request.clone())) ?? backend.fetch(request),
    retry: 0,
  });
  const assistant = await client.createAssistant({ body: { model: 'scripted' } });
  const thread = await client.createThread({
    body: { messages: [{ role: 'user', content: 'Hi' }] },
  });
  const storage = createMemoryStorage();
  const webLocks = createMemoryLocks();

  function openTab(
    followed: FollowedRun,
    runId: string,
    settings: Settings,
    { hasLocks = true }: TabOptions = {},
  ) {
    const allowedTools = createAllowedTools(storage, client.scope);
    const records = createCallRecords(storage);
    const locks = createCallLocks(records, hasLocks ? webLocks : undefined);
    const engine = createToolCalls({ client, runId, records, locks, allowedTools });
    engine.configure({ ...settings });
    const detach = engine.attach(followed);
    onTestFinished(() => {
      detach();
      followed.detach();
    });
    return { engine, followed, detach, runId, ...createWaiters(engine) };
  }

  return {
    client,
    received,
    storage,
    thread,
    /** Advances the clock of the backend. */
    skip: (durationMs: number) => {
      skippedMs += durationMs;
    },
    /** Calls a function before each request reaches the backend. Its response, if any, replaces that of the backend. */
    intercept: (next: Interceptor) => {
      intercept = next;
    },
    /** Creates a run and handles its calls in a tab. */
    async start(settings: Settings, options?: TabOptions) {
      const followed = followRun(client, {
        createRun: { threadId: thread.id, body: { assistant_id: assistant.id } },
      });
      return openTab(followed, await getRunId(followed), settings, options);
    },
    /** Handles the calls of an existing run, in another tab or after a reload. */
    async adopt(runId: string, settings: Settings, options?: TabOptions) {
      const followed = followRun(client, { threadId: thread.id, runId });
      return openTab(followed, await getRunId(followed), settings, options);
    },
  };
}

/** Resolves with the id of a run when its first snapshot arrives. */
function getRunId(followed: FollowedRun): Promise<string> {
  return new Promise((resolve) => {
    followed.subscribe(() => {
      const { run } = followed.getState();
      if (run) resolve(run.id);
    });
  });
}

function createWaiters(engine: ToolCallsEngine) {
  /** Resolves with the first result of `pick` that is neither undefined nor false. */
  const until = <T>(pick: (state: ToolCallsSnapshot) => T | undefined | false): Promise<T> =>
    new Promise((resolve) => {
      const check = (): void => {
        const picked = pick(engine.getState());
        if (picked === undefined || picked === false) return;
        unsubscribe();
        resolve(picked);
      };
      const unsubscribe = engine.subscribe(check);
      check();
    });
  return {
    until,
    /** Resolves with the first call of a function that is in the given state. */
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
