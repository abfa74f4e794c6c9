import { memoryFolder, type TransferFolder } from 'assistants-react/backend';

const DAY_SECONDS = 86_400;
const FIRST_DAY = 1_756_000_000;

const conversations = [
  ['How long does a letter to Lisbon take?', 'Three days, and **two** with a stamp for express.'],
  ['Which plants grow in the shade?', 'Ferns, ivy and hostas. Ferns want the wettest place.'],
  ['How do I sharpen a plane?', '1. Flatten the back.\n2. Grind 25 degrees.\n3. Hone the edge.'],
] as const;

/** Creates an export with three threads, as a service wrote it before it was switched off. */
export function createSampleExport(): TransferFolder {
  const files = conversations.map((texts, index) => {
    const id = `thread_sample${index}`;
    const createdAt = FIRST_DAY + index * DAY_SECONDS;
    const messages = texts.map((value, position) => ({
      id: `msg_sample${index}${position}`,
      object: 'thread.message',
      thread_id: id,
      created_at: createdAt + position * 5,
      role: position === 0 ? 'user' : 'assistant',
      content: [{ type: 'text', text: { value, annotations: [] } }],
    }));
    const thread = { id, object: 'thread', created_at: createdAt, metadata: {} };
    const record = {
      export_schema: 'assistants-thread-export/v1',
      thread_id: id,
      thread,
      messages,
    };
    const text = JSON.stringify({ ...record, runs: [] });
    return [`threads/${id}.json`, new TextEncoder().encode(text)] as const;
  });
  return memoryFolder(new Map(files), 'The sample');
}
