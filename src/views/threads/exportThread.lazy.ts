import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import { sliceText } from '../../common/sliceText.js';
import { getMessageText } from '../../components/message/getMessageText.js';
import { saveFile } from '../saveFile.js';
import type { Message, Page, PageQuery, Run, RunStep } from '../../protocol/types.js';

/** File format of an export. */
export type ExportFormat = 'markdown' | 'json';

/** Thread to export. */
export interface ExportRequest {
  threadId: string;
  title: string;
  format: ExportFormat;
  /** Names of the authors, by role. */
  names: Readonly<Record<'user' | 'assistant', string>>;
}

const EXTENSIONS: Record<ExportFormat, string> = { markdown: 'md', json: 'json' };
const MEDIA_TYPES: Record<ExportFormat, string> = {
  markdown: 'text/markdown',
  json: 'application/json',
};

/** Loads all of a thread and saves it as a file. Source: listMessages; for JSON also getThread, listRuns, listRunSteps. */
export async function exportThread(
  client: AssistantsClient,
  request: ExportRequest,
): Promise<void> {
  const { format, title } = request;
  const text =
    format === 'json'
      ? await createJson(client, request.threadId)
      : await createMarkdown(client, request);
  saveFile(
    new Blob([text], { type: MEDIA_TYPES[format] }),
    `${toFileName(title)}.${EXTENSIONS[format]}`,
  );
}

async function createMarkdown(
  client: AssistantsClient,
  { threadId, title, names }: ExportRequest,
): Promise<string> {
  const messages = await listMessages(client, threadId);
  const parts = messages.map((message) => {
    const name = message.role === 'user' ? names.user : names.assistant;
    const time = new Date(message.created_at * 1_000).toISOString();
    return `## ${name}\n\n<!-- ${time} -->\n\n${getMessageText(message)}\n`;
  });
  return [`# ${title}\n`, ...parts].join('\n');
}

/** Returns a thread in the format that the command `assistants-react import` reads. */
async function createJson(client: AssistantsClient, threadId: string): Promise<string> {
  const thread = await client.getThread({ threadId });
  const messages = await listMessages(client, threadId);
  const record = {
    export_schema: 'assistants-thread-export/v1',
    thread,
    messages,
    runs: await listRuns(client, threadId),
    files: {},
  };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

async function listMessages(client: AssistantsClient, threadId: string): Promise<Message[]> {
  return await listAll<Message>((query) => client.listMessages({ threadId, query }));
}

/** Returns the runs with their steps. Empty on servers that do not list runs. */
async function listRuns(client: AssistantsClient, threadId: string): Promise<Run[]> {
  try {
    const runs: Run[] = [];
    for (const run of await listAll<Run>((query) => client.listRuns({ threadId, query }))) {
      const steps = await listAll<RunStep>((query) =>
        client.listRunSteps({ threadId, runId: run.id, query }),
      );
      runs.push({ ...run, steps } as Run);
    }
    return runs;
  } catch (error) {
    if (toAssistantsError(error).kind === 'unsupported') return [];
    throw error;
  }
}

/** Returns all items of a list, oldest first. */
async function listAll<Item extends { id: string }>(
  fetchPage: (query: PageQuery) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items = new Map<string, Item>();
  let after: string | undefined;
  for (;;) {
    const page = await fetchPage({
      limit: 100,
      order: 'asc',
      ...(after !== undefined && { after }),
    });
    const knownCount = items.size;
    for (const item of page.data) items.set(item.id, item);
    after = page.data.at(-1)?.id;
    // A server without cursors returns the same page again.
    if (!page.has_more || items.size === knownCount) return [...items.values()];
  }
}

const MAX_NAME_LENGTH = 80;

/** Returns a title without the characters that file systems reserve. */
function toFileName(title: string): string {
  const allowed = title
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ');
  const name = sliceText(allowed, 0, MAX_NAME_LENGTH).replace(/^[. ]+|[. ]+$/g, '');
  return name === '' ? 'conversation' : name;
}
