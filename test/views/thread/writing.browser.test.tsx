import { render } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  Thread,
  ThreadView,
  type ThreadViewProps,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';

const never = new Promise<never>(() => undefined);

/** Counts the running animations without an end. */
const countAnimations = () =>
  document
    .getAnimations()
    .filter(
      ({ playState, effect }) =>
        playState === 'running' && effect?.getTiming().iterations === Infinity,
    ).length;

/** Thread whose messages stand in an element of the app. */
function WrappedThread({ assistantId }: ThreadViewProps) {
  return (
    <Thread.Root assistantId={assistantId}>
      <div>
        <Thread.Messages />
      </div>
      <Thread.Composer />
    </Thread.Root>
  );
}

it.each([
  // The caret, and the mark and the label of the run status.
  ['a thread', ThreadView, 3],
  ['a caret in a thread with an element around its messages', WrappedThread, 1],
])(
  'pauses animations of %s while the user types, because they delay key presses',
  async (_, View, count) => {
    const model = scriptedModel([
      { say: ['The river begins as a wet place between stones. ', { hold: never }] },
    ]);
    const client = createAssistantsClient({ fetch: createBackend({ model }).fetch });
    const { id } = await client.createAssistant({ body: { model: 'scripted' } });
    render(
      <AssistantsProvider client={client}>
        <View assistantId={id} />
      </AssistantsProvider>,
    );
    const field = page.getByRole('textbox');
    await userEvent.fill(field, 'Continue');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('log').getByText(/The river begins/)).toBeVisible();
    await expect.poll(countAnimations).toBe(count);
    await userEvent.type(field, 'And');
    await expect.poll(countAnimations).toBe(0);
    await userEvent.clear(field);
    await expect.poll(countAnimations).toBe(count);
  },
);
