// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { expect, it } from 'vitest';
import { createBackend } from '../../src/backend/createBackend.js';
import type { Model } from '../../src/backend/models/Model.js';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { useConversation } from '../../src/hooks/useConversation.js';
import { AssistantsProvider } from '../../src/views/AssistantsProvider.js';
import { numRuns } from '../budget.js';
import { createDeferred } from '../createDeferred.js';
import { trackResources } from './trackResources.js';

const MOUNT_COUNT = numRuns(1_000, 60);

/** Creates a model that answers with one word, then waits until it is released. */
function createHeldModel() {
  const reachedThreads = new Set<string>();
  const gate = createDeferred();
  const model: Model = {
    async *respond({ run }) {
      yield { type: 'text', text: 'One, ' };
      reachedThreads.add(run.thread_id);
      await gate.promise;
      yield { type: 'text', text: 'two.' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  return { model, reachedThreads, release: gate.resolve };
}

/** Waits for turns of the event loop. Not `setTimeout`, because timers are tracked. */
async function waitTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++)
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
}

/** Resolves when the condition holds. The timeout of the test ends it otherwise. */
async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await waitTurns(1);
}

const moments = [
  'after sending',
  'after sending and a render',
  'while the answer grows',
  'while a run is being adopted',
  'after a run was adopted',
  'after a run was stopped',
] as const;

it('releases timers, listeners, bodies and channels on unmount at any moment of a stream', async () => {
  const { model, reachedThreads, release } = createHeldModel();
  const backend = createBackend({ model });
  const resources = trackResources();
  const client = createAssistantsClient({
    baseUrl: 'http://backend.test/v1',
    fetch: resources.trackFetch(backend.fetch),
  });
  const { id: assistantId } = await client.createAssistant({ body: { model: 'held' } });
  let maxBodies = 0;
  let maxTimers = 0;

  async function mountUntil(moment: (typeof moments)[number]): Promise<void> {
    const { id: threadId } = await client.createThread({
      body: { messages: [{ role: 'user', content: 'Hi' }] },
    });
    const isReached = () => reachedThreads.has(threadId);
    const adopts =
      moment === 'while a run is being adopted' || moment === 'after a run was adopted';
    if (adopts) {
      await client.createRun({ threadId, body: { assistant_id: assistantId } });
      await waitUntil(isReached);
    }
    // Unlike the default, an infinite gcTime starts no timers.
    const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <StrictMode>
        <AssistantsProvider client={client} queryClient={queryClient}>
          {children}
        </AssistantsProvider>
      </StrictMode>
    );
    const { result, unmount } = renderHook(() => useConversation({ assistantId, threadId }), {
      wrapper,
    });
    if (!adopts) await act(() => result.current.send('And?'));
    if (moment === 'after sending and a render') await act(() => waitTurns(1));
    if (moment === 'while the answer grows' || moment === 'after a run was stopped')
      await act(() => waitUntil(isReached));
    if (moment === 'after a run was adopted' || moment === 'while the answer grows')
      await act(() => waitTurns(12));
    if (moment === 'after a run was stopped') await act(() => result.current.stop());
    maxBodies = Math.max(maxBodies, resources.bodies().length);
    maxTimers = Math.max(maxTimers, resources.timers().length);
    unmount();
    queryClient.clear();
  }

  // React and the query cache add listeners once for each page.
  for (const moment of moments) await mountUntil(moment);
  await waitTurns(50);
  const initialListeners = resources.listeners();

  for (let count = 0; count < MOUNT_COUNT; count++)
    await mountUntil(moments[count % moments.length] ?? 'after sending');
  // Messages are sent after unmount, too.
  await expect.poll(() => reachedThreads.size).toBe(moments.length + MOUNT_COUNT);
  release();
  await backend.idle();
  await expect.poll(resources.bodies).toEqual([]);
  await expect.poll(resources.timers).toEqual([]);
  await expect.poll(resources.frames).toBe(0);

  // The backend has a timer for each run until its end.
  expect(maxTimers).toBeGreaterThan(MOUNT_COUNT * 0.6);
  // The bodies of an unmounted page are closed before the next page has opened its own.
  expect(maxBodies).toBeGreaterThan(0);
  expect(maxBodies).toBeLessThan(10);
  expect(resources.channels()).toBe(0);
  // A listener of the first pages may be released later than they were counted.
  const grown = Object.entries(resources.listeners()).filter(
    ([type, count]) => count > (initialListeners[type] ?? 0),
  );
  expect(grown).toEqual([]);
});
