import type { Page } from 'playwright';

const METADATA = { Metadata: 'walked: yes' };

/** Opens an action of a data page, fills in its fields by label, and submits it. Resolves when the server has answered. */
async function act(
  page: Page,
  label: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  const form = page.getByRole('form', { name: label, exact: true });
  if (!(await form.isVisible()))
    await page.getByRole('main').getByText(label, { exact: true }).first().click();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.getByLabel(name);
    if ((await field.getAttribute('type')) === 'file') {
      const file = { name: 'tea.txt', mimeType: 'text/plain', buffer: Buffer.from(value) };
      await field.setInputFiles(file);
    } else await field.fill(value);
  }
  const answered = page.waitForResponse(
    (response) => response.request().method() !== 'GET' || response.url().endsWith('/content'),
  );
  await form.getByRole('button', { name: label, exact: true }).click();
  await answered;
}

/** Follows the link of a data page. */
async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click();
}

/** Returns the id of the open object, once its page has loaded. */
async function readId(page: Page, prefix: string): Promise<string> {
  const heading = page.getByRole('heading', { level: 2, name: new RegExp(`^${prefix}`) });
  return (await heading.textContent()) ?? '';
}

/** Uses every action of the data pages of the playground, as a user would: by links, buttons and labels. */
export async function walkOperations(page: Page, origin: string): Promise<void> {
  const open = (path: string) => page.goto(`${origin}/#/data/${path}`);
  await open('files');
  await act(page, 'Upload a file', { File: 'Green tea tastes best at 75 degrees.' });
  const fileId = await readId(page, 'file-');
  await act(page, 'Show content');
  const assistantId = await walkAssistants(page, open, fileId);
  await walkThreads(page, open, fileId);
  await walkVectorStores(page, open, fileId);
  await open('usage');
  await page
    .getByText(/^\d+ tokens$/)
    .first()
    .waitFor();
  await open(`files/${fileId}`);
  await act(page, 'Delete');
  await open(`assistants/${assistantId}`);
  await act(page, 'Delete');
}

type Open = (path: string) => Promise<unknown>;

async function walkAssistants(page: Page, open: Open, fileId: string): Promise<string> {
  await open('assistants');
  await act(page, 'New assistant', { Name: 'Walker', Model: 'scripted' });
  const assistantId = await readId(page, 'asst_');
  await act(page, 'Edit', METADATA);
  await follow(page, 'Files of the assistant (version 1)');
  await act(page, 'Attach a file', { 'File id': fileId });
  await readId(page, 'file-');
  await act(page, 'Detach');
  return assistantId;
}

async function walkThreads(page: Page, open: Open, fileId: string): Promise<void> {
  await open('assistants');
  await follow(page, 'Demo assistant');
  const assistant = { 'Assistant id': await readId(page, 'asst_') };
  await open('threads');
  await act(page, 'New thread with a run', { ...assistant, Text: 'Hello' });
  await act(page, 'New thread', { 'First message': 'Hello' });
  const thread = `threads/${await readId(page, 'thread_')}`;
  await act(page, 'Edit metadata', METADATA);
  await follow(page, 'Messages');
  await act(page, 'Add a message', { Text: 'See the file', 'File ids': fileId });
  const message = `${thread}/messages/${await readId(page, 'msg_')}`;
  await act(page, 'Edit metadata', METADATA);
  await follow(page, 'Files of the message (version 1)');
  await follow(page, fileId);
  await readId(page, 'file-');
  await open(message);
  await act(page, 'Delete');
  await open(`${thread}/messages`);
  await act(page, 'Add a message', { Text: 'What is the weather in Paris?' });
  await readId(page, 'msg_');
  await walkRuns(page, open, thread, assistant);
  await open(thread);
  await act(page, 'Delete');
}

async function walkRuns(
  page: Page,
  open: Open,
  thread: string,
  assistant: Record<string, string>,
): Promise<void> {
  const status = (name: string) => page.getByRole('definition').getByText(name, { exact: true });
  await open(`${thread}/runs`);
  await act(page, 'Start a run', assistant);
  const run = `${thread}/runs/${await readId(page, 'run_')}`;
  await status('requires_action').waitFor();
  await act(page, 'Edit metadata', METADATA);
  await follow(page, 'Steps');
  await page
    .getByRole('link', { name: /^step_/ })
    .first()
    .click();
  await readId(page, 'step_');
  await open(run);
  await status('requires_action').waitFor();
  await act(page, 'Submit tool outputs');
  await status('completed').waitFor();
  await open(`${thread}/runs`);
  await act(page, 'Start a run', assistant);
  await readId(page, 'run_');
  await status('requires_action').waitFor();
  await act(page, 'Cancel');
}

async function walkVectorStores(page: Page, open: Open, fileId: string): Promise<void> {
  await open('vector_stores');
  await act(page, 'New vector store', { Name: 'Teas' });
  const store = `vector_stores/${await readId(page, 'vs_')}`;
  await act(page, 'Edit', METADATA);
  await follow(page, 'Files of the store');
  await act(page, 'Add a file', { 'File id': fileId });
  await readId(page, 'file-');
  await act(page, 'Edit attributes', { Attributes: 'kind: tea' });
  await act(page, 'Show content');
  await open(store);
  await act(page, 'Search', { Query: 'green tea' });
  await open(`${store}/files/${fileId}`);
  await act(page, 'Remove');
  await open(store);
  await act(page, 'Add several files', { 'File ids': fileId });
  await readId(page, 'vsfb_');
  await act(page, 'Cancel');
  const listed = page.waitForResponse((response) =>
    /\/file_batches\/[^/]+\/files/.test(response.url()),
  );
  await follow(page, 'Files of the batch');
  await listed;
  await open(store);
  await act(page, 'Delete');
}
