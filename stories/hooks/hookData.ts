import type { AssistantsClient } from 'assistants-react';

type Ids = Record<string, string>;

/**
 * Sends a message and waits until its run waits or has ended. Returns the ids of the thread, the message, the run and
 * its first step.
 */
async function ask(client: AssistantsClient, assistantId: string, content: string): Promise<Ids> {
  const { id: threadId } = await client.createThread({ body: {} });
  const { id: messageId } = await client.createMessage({
    threadId,
    body: { role: 'user', content },
  });
  const response = await client.stream('createRun', {
    threadId,
    body: { assistant_id: assistantId, stream: true },
  });
  await response.text();
  const { data: runs } = await client.listRuns({ threadId });
  const runId = runs[0]?.id ?? '';
  const { data: steps } = await client.listRunSteps({ threadId, runId });
  return { threadId, messageId, runId, stepId: steps[0]?.id ?? '' };
}

/** Creates a thread with a question, its answer, and the completed run. */
export function createAnswer(client: AssistantsClient, assistantId: string): Promise<Ids> {
  return ask(client, assistantId, 'My name is Ada');
}

/** Creates a thread with a run that waits for the output of a function call. */
export async function createWaitingRun(
  client: AssistantsClient,
  assistantId: string,
): Promise<Ids> {
  const { threadId = '', runId = '' } = await ask(
    client,
    assistantId,
    'What is the weather in Paris?',
  );
  const run = await client.getRun({ threadId, runId });
  const [call] = run.required_action?.submit_tool_outputs?.tool_calls ?? [];
  return { threadId, runId, callId: call?.id ?? '' };
}

/** Uploads a file. */
export async function createFile(client: AssistantsClient): Promise<Ids> {
  const file = new File(['Green tea steeps for two minutes.'], 'tea.txt', { type: 'text/plain' });
  const { id: fileId } = await client.uploadFile({ body: { file, purpose: 'assistants' } });
  return { fileId };
}

/** Uploads a file and attaches it to the assistant. Version 1 only. */
export async function createAssistantFile(
  client: AssistantsClient,
  assistantId: string,
): Promise<Ids> {
  const { fileId = '' } = await createFile(client);
  await client.createAssistantFile({ assistantId, body: { file_id: fileId } });
  return { fileId };
}

/** Uploads a file and sends a message with it. Version 1 only. */
export async function createMessageFile(client: AssistantsClient): Promise<Ids> {
  const { fileId = '' } = await createFile(client);
  const { id: threadId } = await client.createThread({ body: {} });
  const { id: messageId } = await client.createMessage({
    threadId,
    body: { role: 'user', content: 'How long does it steep?', file_ids: [fileId] },
  });
  return { threadId, messageId, fileId };
}
