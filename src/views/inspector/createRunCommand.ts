import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { formatCurl } from '../../common/formatCurl.js';
import type { Run } from '../../protocol/types.js';

/** Settings of a run that its creation may state. */
const SETTINGS = [
  'model',
  'instructions',
  'tools',
  'metadata',
  'temperature',
  'top_p',
  'max_prompt_tokens',
  'max_completion_tokens',
  'truncation_strategy',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
] as const;

/** Returns a command for curl that creates a run with the same settings in the same thread, without the key. */
export function createRunCommand(client: AssistantsClient, run: Run): string {
  const body: Record<string, unknown> = { assistant_id: run.assistant_id };
  for (const name of SETTINGS) {
    const value: unknown = run[name];
    if (value !== null && value !== undefined) body[name] = value;
  }
  return formatCurl({
    method: 'POST',
    url: client.getUrl('createRun', {
      threadId: run.thread_id,
      body: { assistant_id: run.assistant_id },
    }),
    headers: [
      ['Content-Type', 'application/json'],
      ...(client.apiVersion ? [['OpenAI-Beta', `assistants=${client.apiVersion}`] as const] : []),
    ],
    body: JSON.stringify(body),
  });
}
