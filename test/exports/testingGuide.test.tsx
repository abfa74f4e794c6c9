import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { expect, it } from 'vitest';

it('tells the price', async () => {
  const backend = createBackend({ model: scriptedModel([{ say: 'It costs 20 euros.' }]) });
  const client = createAssistantsClient({ fetch: backend.fetch });
  const { id } = await client.createAssistant({ body: { model: 'scripted' } });
  render(
    <AssistantsProvider client={client}>
      <ThreadView assistantId={id} />
    </AssistantsProvider>,
  );

  await userEvent.type(screen.getByRole('textbox'), 'What is the price?{Enter}');

  const answer = await screen.findByText(/20 euros/, { ignore: 'output' });
  expect(answer.closest('article')).not.toBeNull();
});
