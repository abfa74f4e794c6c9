'use client';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';

// Requests go to the route handler of this app: app/v1/[...path]/route.ts.
const client = createAssistantsClient({ baseUrl: '/v1' });

export function Chat({ assistantId }: { assistantId: string }) {
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
