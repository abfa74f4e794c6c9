import type { AssistantsClient } from 'assistants-react/client';

/** Uploads a PDF to a backend with the scripted demo, and returns the answer to a question about it. */
export async function searchFile(
  client: AssistantsClient,
  pdf: Uint8Array<ArrayBuffer>,
  question: string,
): Promise<string> {
  const file = await client.uploadFile({
    body: { file: new File([pdf], 'pots.pdf'), purpose: 'assistants' },
  });
  const tools = [{ type: 'file_search' as const }];
  const assistant = await client.createAssistant({ body: { model: 'demo', tools } });
  const attachments = [{ file_id: file.id, tools }];
  const messages = [{ role: 'user' as const, content: question, attachments }];
  const response = await client.stream('createThreadAndRun', {
    body: { assistant_id: assistant.id, thread: { messages }, stream: true },
  });
  return response.text();
}
