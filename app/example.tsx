import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { useState } from 'react';
import 'assistants-react/styles.css';

// This server is in the page and needs no key.
// With a server of yours: createAssistantsClient({ baseUrl: '/api/v1' })
const backend = createBackend({ model: scriptedModel() });
const client = createAssistantsClient({ fetch: backend.fetch });
const assistant = await client.createAssistant({ body: { model: 'scripted', name: 'Demo' } });

export function App() {
  const [threadId, setThreadId] = useState<string>();
  return (
    <AssistantsProvider client={client}>
      <ThreadView
        assistantId={assistant.id}
        threadId={threadId}
        onThreadIdChange={setThreadId}
        suggestions={['What is the weather in Paris?', 'Show me some markdown']}
        style={{ height: '100dvh' }}
      />
    </AssistantsProvider>
  );
}
