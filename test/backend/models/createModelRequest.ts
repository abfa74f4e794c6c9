import type { ModelEvent, ModelMessage, ModelRequest } from '../../../src/backend/models/Model.js';
import { buildRun } from '../../../src/backend/domain/buildRun.js';
import type { AssistantTool, FileObject } from '../../../src/protocol/types.js';

/** Creates a model request with one user message and the earlier steps of the run. */
export function createModelRequest(
  text: string,
  since: ModelMessage[] = [],
  {
    tools = [],
    files = [],
    before = [],
  }: { tools?: AssistantTool[]; files?: FileObject[]; before?: string[] } = {},
): ModelRequest {
  const assistant = {
    id: 'asst_a',
    object: 'assistant' as const,
    created_at: 1,
    name: null,
    description: null,
    model: 'scripted',
    instructions: null,
    tools,
    file_ids: [],
    metadata: {},
  };
  const ids = {
    generateId: (prefix: string) => `${prefix}000000000000000000000001`,
    now: () => 1000,
  };
  return {
    run: buildRun(ids, 'thread_a', assistant, { assistant_id: assistant.id }),
    instructions: '',
    messages: [...before, text].map(toUserMessage).concat(since),
    turns: [],
    tools,
    reasoningEffort: null,
    usage: null,
    files,
    readFile: async (id) => new TextEncoder().encode(`\nThe first line of ${id}\nThe second\n`),
    readText: async ({ id }) => `The first line of ${id}\nThe second`,
    getFile: async (id) => files.find((file) => file.id === id),
    signal: new AbortController().signal,
  };
}

function toUserMessage(value: string): ModelMessage {
  return { role: 'user', content: [{ type: 'text', text: { value, annotations: [] } }], files: [] };
}

/** The text of all messages, joined. */
export function joinText(events: readonly ModelEvent[]): string {
  return events
    .map((event) => (event.type === 'text' || event.type === 'refusal' ? event.text : ''))
    .join('');
}
