import { createFileRoute } from '@tanstack/react-router';
import { createServerFn } from '@tanstack/react-start';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { getAssistantId } from '../backend';

const loadAssistantId = createServerFn().handler(() => getAssistantId());

export const Route = createFileRoute('/')({
  loader: () => loadAssistantId(),
  component: Chat,
});

const client = createAssistantsClient({ baseUrl: '/v1' });

function Chat() {
  const assistantId = Route.useLoaderData();
  return (
    <AssistantsProvider client={client} locale="en">
      <ThreadView
        assistantId={assistantId}
        suggestions={['What can you do?']}
        style={{ height: '100dvh' }}
      />
    </AssistantsProvider>
  );
}
