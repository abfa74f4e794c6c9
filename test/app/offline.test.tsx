import { onlineManager, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import { createBackend } from 'assistants-react/backend';
import { afterEach, expect, it } from 'vitest';
import { createQueryClient } from '../../app/createQueryClient.js';
import { DataPage } from '../../app/data/DataPage.js';

afterEach(() => onlineManager.setOnline(true));

it('shows and changes the data of a backend in the page without a network', async () => {
  const user = userEvent.setup();
  const client = createAssistantsClient({ fetch: createBackend().fetch });
  const { id } = await client.createAssistant({ body: { model: 'scripted', name: 'Ann' } });
  onlineManager.setOnline(false);
  render(
    <QueryClientProvider client={createQueryClient()}>
      <AssistantsProvider client={client}>
        <DataPage path={`assistants/${id}`} />
      </AssistantsProvider>
    </QueryClientProvider>,
  );
  await screen.findByText('Ann');
  await user.click(screen.getByText('Delete', { selector: 'summary' }));
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(async () => expect((await client.listAssistants()).data).toEqual([]));
});
