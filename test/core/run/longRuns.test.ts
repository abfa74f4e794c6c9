import { expect, it, onTestFinished, vi } from 'vitest';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import type { Message, RunStep } from '../../../src/protocol/types.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { aMessage, aRun, aStep } from './events.js';

/** Deviations of a server. */
interface ServerOptions {
  /** False if it ignores the filter by run and answers with the whole thread. */
  filtersByRun?: boolean;
  /** False if it ignores `after` and answers with the first page. */
  supportsCursors?: boolean;
}

/** Creates a server with messages and steps, whose run is completed at the second poll. */
function createServer(
  messages: Message[],
  steps: RunStep[],
  { filtersByRun = true, supportsCursors = true }: ServerOptions = {},
) {
  const requests: string[] = [];
  let polls = 0;
  const client = createAssistantsClient({
    baseUrl: 'http://server.test/v1',
    fetch: async ({ url }) => {
      const { pathname, searchParams } = new URL(url);
      const kind = pathname.split('/').at(-1) ?? '';
      requests.push(
        `${kind} ${searchParams.get('order') ?? ''} ${searchParams.get('after') ?? ''}`.trim(),
      );
      if (kind !== 'messages' && kind !== 'steps') {
        polls += 1;
        return Response.json(aRun({ status: polls < 2 ? 'in_progress' : 'completed' }));
      }
      const all =
        kind === 'steps'
          ? steps
          : messages.filter(({ run_id }) => !filtersByRun || run_id === searchParams.get('run_id'));
      const ordered = searchParams.get('order') === 'desc' ? all.toReversed() : all;
      const start = supportsCursors
        ? ordered.findIndex(({ id }) => id === searchParams.get('after')) + 1
        : 0;
      return Response.json({
        object: 'list',
        data: ordered.slice(start, start + 100),
        has_more: start + 100 < ordered.length,
      });
    },
  });
  return { client, requests };
}

const repeat = <T>(count: number, one: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => one(index));
const createMessage = (index: number) =>
  aMessage('Said', { id: `msg_${index}`, status: 'completed' });
const createStep = (index: number) => aStep({ id: `step_${index}`, status: 'completed' });
const getIds = (items: readonly { id: string }[]) => items.map(({ id }) => id);

async function follow(client: ReturnType<typeof createServer>['client']) {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  onTestFinished(() => void vi.useRealTimers());
  const run = followRun(client, { threadId: 'thread_1', runId: 'run_1' });
  await vi.advanceTimersByTimeAsync(10_000);
  await run.settled;
  return run.getState();
}

it('lists every message and step of a long run in order', async () => {
  const [messages, steps] = [repeat(230, createMessage), repeat(250, createStep)];
  const { client, requests } = createServer(messages, steps);

  const state = await follow(client);

  expect(getIds(state.messages)).toEqual(getIds(messages));
  expect(getIds(state.steps)).toEqual(getIds(steps));
  // Finished pages are requested once.
  expect(requests.filter((request) => request === 'steps asc')).toHaveLength(1);
  expect(requests.filter((request) => request === 'steps asc step_99')).toHaveLength(1);
});

it('requests a page again if it has an unfinished item', async () => {
  const steps = repeat(130, createStep);
  steps[20] = aStep({ id: 'step_20', status: 'in_progress' });
  const { client, requests } = createServer([], steps);

  const state = await follow(client);

  expect(getIds(state.steps)).toEqual(getIds(steps));
  expect(requests.filter((request) => request === 'steps asc').length).toBeGreaterThan(1);
});

it('finds the messages at the end of a long thread if the server cannot filter by run', async () => {
  const earlier = repeat(500, (index) =>
    aMessage('Said', { id: `msg_old_${index}`, run_id: 'run_0', status: 'completed' }),
  );
  const { client, requests } = createServer([...earlier, ...repeat(3, createMessage)], [], {
    filtersByRun: false,
  });

  const state = await follow(client);

  expect(getIds(state.messages)).toEqual(['msg_0', 'msg_1', 'msg_2']);
  expect(requests.filter((request) => request === 'messages asc')).toHaveLength(1);
});

it('stops if the server always sends its first page', async () => {
  const steps = repeat(130, createStep);
  const { client } = createServer([], steps, { supportsCursors: false });

  const state = await follow(client);

  expect(getIds(state.steps)).toEqual(getIds(steps.slice(0, 100)));
});
