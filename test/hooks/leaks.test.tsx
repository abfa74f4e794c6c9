import { QueryClient } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { expect, it } from 'vitest';
import { createBackend } from '../../src/backend/createBackend.js';
import type { Model } from '../../src/backend/models/model.js';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { useConversation } from '../../src/hooks/useConversation.js';
import { AssistantsProvider } from '../../src/views/AssistantsProvider.js';
import { openResources } from './openResources.js';

/** Answers with a word, then holds every run until the gate is opened. */
function heldModel() {
  const reached = new Set<string>();
  let open = () => undefined as void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const model: Model = {
    async *respond({ run }) {
      yield { type: 'text', text: 'One, ' };
      reached.add(run.thread_id);
      await gate;
      yield { type: 'text', text: 'two.' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  return { model, reached, open };
}

/** Lets everything happen that waits for nothing but its turn. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++)
    await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Returns when it holds, or has not for ten seconds: what is expected then tells more than a timeout. */
async function until(holds: () => boolean): Promise<void> {
  const beganAt = performance.now();
  while (!holds() && performance.now() - beganAt < 10_000) await turns(1);
}

const moments = [
  'at once',
  'when it is sent',
  'in mid-answer',
  'while it adopts',
  'having adopted',
  'having stopped',
] as const;

it(
  'leaves no timer, listener, body or channel behind 1,000 mounts during streams',
  { timeout: 120_000 },
  async () => {
    const { model, reached, open } = heldModel();
    const backend = createBackend({ model });
    const resources = openResources();
    const client = createAssistantsClient({
      baseUrl: 'http://backend.test/v1',
      fetch: resources.watched(backend.fetch),
    });
    const { id: assistantId } = await client.createAssistant({ body: { model: 'held' } });

    let mostBodies = 0;
    let mostTimers = 0;

    async function mount(moment: (typeof moments)[number]): Promise<void> {
      const thread = await client.createThread({
        body: { messages: [{ role: 'user', content: 'Hi' }] },
      });
      const adopts = moment === 'while it adopts' || moment === 'having adopted';
      if (adopts) {
        await client.createRun({ threadId: thread.id, body: { assistant_id: assistantId } });
        await until(() => reached.has(thread.id));
      }
      // The cache's own timers are not those of this package.
      const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
      const wrapper = ({ children }: { children: ReactNode }) => (
        <StrictMode>
          <AssistantsProvider client={client} queryClient={queryClient}>
            {children}
          </AssistantsProvider>
        </StrictMode>
      );
      const { result, unmount } = renderHook(
        () => useConversation({ assistantId, threadId: thread.id }),
        { wrapper },
      );
      if (!adopts) await act(() => result.current.send('And?'));
      if (moment === 'in mid-answer' || moment === 'having stopped')
        await act(() => until(() => reached.has(thread.id)));
      if (moment === 'having adopted' || moment === 'in mid-answer') await act(() => turns(12));
      if (moment === 'having stopped') await act(() => result.current.stop());
      mostBodies = Math.max(mostBodies, resources.bodies().length);
      mostTimers = Math.max(mostTimers, resources.timers().length);
      unmount();
      queryClient.clear();
    }

    // What React and the cache set up once for a page stays.
    for (const moment of moments) await mount(moment);
    await turns(50);
    const listeners = resources.listeners();

    for (let count = 0; count < 1_000; count++)
      await mount(moments[count % moments.length] ?? 'at once');
    expect(reached.size).toBeGreaterThan(600);
    open();
    await backend.idle();
    await until(
      () =>
        resources.bodies().length === 0 &&
        resources.timers().length === 0 &&
        resources.frames() === 0,
    );
    // The runs themselves are timed by the backend, each until its end.
    expect(mostTimers).toBeGreaterThan(600);
    // What a closed page had open is closed by the time the next one opens.
    expect(mostBodies).toBeGreaterThan(0);
    expect(mostBodies).toBeLessThan(10);
    expect(resources.bodies()).toEqual([]);
    expect(resources.timers()).toEqual([]);
    expect(resources.frames()).toBe(0);
    expect(resources.channels()).toBe(0);
    expect(resources.listeners()).toEqual(listeners);
  },
);
