import { createAssistantsClient } from 'assistants-react/client';
import { createBackend } from 'assistants-react/backend';

export const backend = createBackend();
const client = createAssistantsClient({ fetch: backend.fetch });
let created: Promise<{ id: string }> | undefined;

export async function getAssistantId(): Promise<string> {
  created ??= client.createAssistant({ body: { model: 'scripted', name: 'Helper' } });
  return (await created).id;
}
