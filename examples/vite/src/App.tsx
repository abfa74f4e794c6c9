import {
  Button,
  ErrorNotice,
  toAssistantTools,
  useAssistants,
  useCreateAssistant,
} from 'assistants-react';
import { Chat } from './Chat';
import { tools } from './tools';

export function App() {
  const { data: assistants, error, refetch } = useAssistants();
  const createAssistant = useCreateAssistant();
  const assistant = assistants?.[0];

  if (assistant !== undefined) return <Chat assistantId={assistant.id} />;
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (assistants === undefined) return null;
  const body = { model: 'any', name: 'Helper', tools: toAssistantTools(tools) };
  return (
    <main className="start">
      <h1>No assistant yet</h1>
      <p>An assistant has a model, instructions and tools. This app uses the first one.</p>
      <Button
        variant="primary"
        disabled={createAssistant.isPending}
        onClick={() => createAssistant.mutate({ body })}
      >
        Create an assistant
      </Button>
      {createAssistant.error && <ErrorNotice error={createAssistant.error} />}
    </main>
  );
}
