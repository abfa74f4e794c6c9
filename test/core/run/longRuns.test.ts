import { expect, it } from 'vitest';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import type { Message, RunStep } from '../../../src/protocol/types.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { aMessage, aRun, aStep } from './events.js';

interface Behaviour {
  /** Answers with the whole thread where it is asked for the messages of a run. */
  knowsRuns?: boolean;
  /** Sends the first page again and again. */
  knowsCursors?: boolean;
}

/** A server of a run that ends with its second poll, and of all the messages and steps that it is said to have. */
function server(
  messages: Message[],
  steps: RunStep[],
  { knowsRuns = true, knowsCursors = true }: Behaviour = {},
) {
  const asked: string[] = [];
  let polls = 0;
  const client = createAssistantsClient({
    baseUrl: 'http://server.test/v1',
    fetch: async ({ url }) => {
      const { pathname, searchParams } = new URL(url);
      const kind = pathname.split('/').at(-1) ?? '';
      asked.push(
        `${kind} ${searchParams.get('order') ?? ''} ${searchParams.get('after') ?? ''}`.trim(),
      );
      if (kind !== 'messages' && kind !== 'steps')
        return Response.json(aRun({ status: (polls += 1) < 2 ? 'in_progress' : 'completed' }));
      const all =
        kind === 'steps'
          ? steps
          : messages.filter(({ run_id }) => !knowsRuns || run_id === searchParams.get('run_id'));
      const ordered = searchParams.get('order') === 'desc' ? all.toReversed() : all;
      const start = knowsCursors
        ? ordered.findIndex(({ id }) => id === searchParams.get('after')) + 1
        : 0;
      return Response.json({
        object: 'list',
        data: ordered.slice(start, start + 100),
        has_more: start + 100 < ordered.length,
      });
    },
  });
  return { client, asked };
}

const many = <T>(count: number, one: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => one(index));
const whole = (index: number) => aMessage('Said', { id: `msg_${index}`, status: 'completed' });
const ended = (index: number) => aStep({ id: `step_${index}`, status: 'completed' });
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

async function followed(client: ReturnType<typeof server>['client']) {
  const run = followRun(client, { threadId: 'thread_1', runId: 'run_1' });
  await run.settled;
  return run.getState();
}

it('reads every message and step of a run that has hundreds, in order', async () => {
  const [messages, steps] = [many(230, whole), many(250, ended)];
  const { client, asked } = server(messages, steps);

  const state = await followed(client);

  expect(ids(state.messages)).toEqual(ids(messages));
  expect(ids(state.steps)).toEqual(ids(steps));
  // The pages in front have ended, and are asked for once.
  expect(asked.filter((request) => request === 'steps asc')).toHaveLength(1);
  expect(asked.filter((request) => request === 'steps asc step_99')).toHaveLength(1);
});

it('asks again for a page in which something has not ended', async () => {
  const steps = many(130, ended);
  steps[20] = aStep({ id: 'step_20', status: 'in_progress' });
  const { client, asked } = server([], steps);

  const state = await followed(client);

  expect(ids(state.steps)).toEqual(ids(steps));
  expect(asked.filter((request) => request === 'steps asc').length).toBeGreaterThan(1);
});

it('finds the messages of a run at the end of a long thread on a server that cannot list by run', async () => {
  const earlier = many(500, (index) =>
    aMessage('Said', { id: `msg_old_${index}`, run_id: 'run_0', status: 'completed' }),
  );
  const { client, asked } = server([...earlier, ...many(3, whole)], [], { knowsRuns: false });

  const state = await followed(client);

  expect(ids(state.messages)).toEqual(['msg_0', 'msg_1', 'msg_2']);
  expect(asked.filter((request) => request === 'messages asc')).toHaveLength(1);
});

it('comes to an end where the server sends its first page for ever', async () => {
  const steps = many(130, ended);
  const { client } = server([], steps, { knowsCursors: false });

  const state = await followed(client);

  expect(ids(state.steps)).toEqual(ids(steps.slice(0, 100)));
});
