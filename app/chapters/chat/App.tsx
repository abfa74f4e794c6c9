import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { SchemaForm } from 'assistants-react/schema-form';
import { useState } from 'react';
import 'assistants-react/styles.css';
import { assistant, script } from './assistant.js';
import { Example } from './Example.js';

// This server is in the page and needs no key.
// With a server of yours: createAssistantsClient({ baseUrl: '/api/v1' })
const backend = createBackend({ model: scriptedModel(script) });
const client = createAssistantsClient({ fetch: backend.fetch });
const { id } = await client.createAssistant({ body: assistant });

export function App() {
  const [threadId, setThreadId] = useState<string>();
  return (
    <AssistantsProvider client={client} components={{ SchemaForm }}>
      <Example
        assistantId={id}
        threadId={threadId}
        onThreadIdChange={setThreadId}
        style={{ height: '100dvh' }}
      />
    </AssistantsProvider>
  );
}
