/** Creates an export with one thread, in the format that `importFolder` reads. */
export function createLongExport(threadId: string, messageCount: number): Uint8Array {
  const messages = Array.from({ length: messageCount }, (_, index) => ({
    id: `msg_long${index}`,
    object: 'thread.message',
    thread_id: threadId,
    created_at: 1_760_000_000 + index * 60,
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: [{ type: 'text', text: { value: createText(index), annotations: [] } }],
  }));
  const record = {
    export_schema: 'assistants-thread-export/v1',
    thread_id: threadId,
    thread: { id: threadId, object: 'thread', created_at: 1_760_000_000, metadata: {} },
    messages,
    runs: [],
  };
  return new TextEncoder().encode(JSON.stringify(record));
}

function createText(index: number): string {
  const number = Math.floor(index / 2) + 1;
  if (index % 2 === 0) return `Question ${number}: how far is it to stop ${number}?`;
  const rows = Array.from(
    { length: number % 4 },
    (_, row) => `| Stop ${number + row} | ${(number + row) * 3} km |`,
  );
  const table = rows.length === 0 ? '' : `\n\n| Stop | Distance |\n|---|--:|\n${rows.join('\n')}`;
  return `Stop **${number}** is ${number * 3} km from the start, a walk of ${number} hours.${table}`;
}
