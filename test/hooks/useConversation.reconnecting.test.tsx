import { render, renderHook } from '@testing-library/react';
import { Thread, useConversation } from 'assistants-react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { createDeferred } from '../createDeferred.js';
import { advanceTimers, createHookHarness } from './createHookHarness.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Ids {
  threadId: string;
  assistantId: string;
}

type Wrapper = ReturnType<typeof createHookHarness>['wrapper'];

/** Each returns a function that returns true while the view reports that the connection is lost. */
const views: Record<string, (ids: Ids, wrapper: Wrapper) => () => boolean> = {
  useConversation(ids, wrapper) {
    const { result } = renderHook(() => useConversation(ids), { wrapper });
    return () => result.current.isReconnecting;
  },
  'Thread.Status'(ids, wrapper) {
    const { container } = render(
      <Thread.Root {...ids}>
        <Thread.Status />
      </Thread.Root>,
      { wrapper },
    );
    return () => container.textContent?.includes('Reconnecting') === true;
  },
};

/** Shows a thread whose answer is streamed over a connection that can be lost. */
async function renderAnswer(render: (ids: Ids, wrapper: Wrapper) => () => boolean) {
  const rest = createDeferred();
  const model = scriptedModel([{ say: ['One ', { hold: rest.promise }, 'two.'] }]);
  const harness = createHookHarness({ backend: { model, now: Date.now } });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread(1);
  await harness.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  const cuts: (() => void)[] = [];
  let isDown = false;
  harness.intercept(async (request) => {
    if (isDown) throw new TypeError('Failed to fetch');
    if (request.headers.get('accept')?.includes('event-stream') !== true) return undefined;
    const response = await harness.backend.fetch(request);
    const cutter = new TransformStream<Uint8Array, Uint8Array>({
      start: (controller) => void cuts.push(() => controller.error(new TypeError('cut'))),
    });
    return new Response(response.body?.pipeThrough(cutter) ?? null, response);
  });
  const isReconnecting = render({ threadId, assistantId }, harness.wrapper);
  await advanceTimers(5_000);
  expect(cuts).toHaveLength(1);
  return {
    ...harness,
    isReconnecting,
    finish: () => rest.resolve(),
    cut: () => cuts.splice(0).forEach((cut) => cut()),
    setDown: (next: boolean) => {
      isDown = next;
    },
  };
}

describe.each(Object.entries(views))('%s', (_, renderView) => {
  it('tells about a lost connection after a second, and until it is back', async () => {
    const page = await renderAnswer(renderView);
    expect(page.isReconnecting()).toBe(false);
    page.setDown(true);
    page.cut();
    await advanceTimers(0);
    await advanceTimers(999);
    expect(page.isReconnecting()).toBe(false);
    await advanceTimers(1);
    expect(page.isReconnecting()).toBe(true);
    await advanceTimers(60_000);
    expect(page.isReconnecting()).toBe(true);

    page.setDown(false);
    await advanceTimers(30_000);
    expect(page.isReconnecting()).toBe(false);
    page.finish();
    await advanceTimers(1_000);
    expect(page.isReconnecting()).toBe(false);
  });

  it('does not tell about interruptions that are shorter than a second', async () => {
    const page = await renderAnswer(renderView);
    for (let time = 0; time < 10; time += 1) {
      page.cut();
      for (let step = 0; step < 50; step += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one moment after the other
        await advanceTimers(100);
        expect(page.isReconnecting()).toBe(false);
      }
    }
  });
});
