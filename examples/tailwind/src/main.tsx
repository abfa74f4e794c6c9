import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend } from 'assistants-react/backend';
import 'assistants-react/styles.css';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';

const client = createAssistantsClient({ fetch: createBackend().fetch });

function App() {
  const [assistantId, setAssistantId] = useState<string>();
  useEffect(() => {
    void client
      .createAssistant({ body: { model: 'scripted', name: 'Demo' } })
      .then(({ id }) => setAssistantId(id));
  }, []);
  if (assistantId === undefined) return null;
  return (
    <AssistantsProvider client={client}>
      <main className="mx-auto flex h-dvh max-w-3xl flex-col p-4">
        <h1 className="text-xl font-semibold">Chat</h1>
        <ThreadView assistantId={assistantId} className="min-h-0 flex-1" />
      </main>
    </AssistantsProvider>
  );
}

createRoot(document.getElementById('root') ?? document.body).render(<App />);
