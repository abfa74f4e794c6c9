import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { createAssistantsClient } from 'assistants-react/client';

const SENTENCE = 'Clay pots keep the warmth.';
// Readers of PDF files find the objects without a table of their positions.
const PDF = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [4 0 R] /Count 1 >> endobj
3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
4 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >> endobj
5 0 obj << /Length ${SENTENCE.length + 34} >> stream
BT /F1 12 Tf 40 760 Td (${SENTENCE}) Tj ET
endstream endobj
trailer << /Size 6 /Root 1 0 R >>
%%EOF
`;

/**
 * Starts a built Next.js app, and throws if its backend does not find a sentence of a PDF. PDF files are read only in workers, whose
 * module the bundler must not have lost.
 *
 * @param {string} app
 */
export async function checkFileSearch(app) {
  const next = join(app, 'node_modules', 'next', 'dist', 'bin', 'next');
  const server = spawn(execPath, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
    cwd: app,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const events = await askAboutFile(await readUrl(server.stdout));
    if (!events.includes(SENTENCE))
      throw new Error(`The built app has not read a PDF. Its answer:\n${events}`);
  } finally {
    const exited = once(server, 'exit');
    if (server.kill()) await exited;
  }
}

/**
 * @param {import('node:stream').Readable} output
 * @returns {Promise<string>}
 */
async function readUrl(output) {
  let text = '';
  for await (const chunk of output.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The built app has not started:\n${text}`);
}

/**
 * @param {string} url
 * @returns {Promise<string>}
 */
async function askAboutFile(url) {
  const client = createAssistantsClient({ baseUrl: `${url}/v1` });
  const file = await client.uploadFile({
    body: { file: new File([PDF], 'pots.pdf'), purpose: 'assistants' },
  });
  const tools = [{ type: /** @type {const} */ ('file_search') }];
  const assistant = await client.createAssistant({ body: { model: 'demo', tools } });
  const response = await client.stream('createThreadAndRun', {
    body: {
      assistant_id: assistant.id,
      stream: true,
      thread: {
        messages: [
          {
            role: 'user',
            content: 'What keeps the warmth?',
            attachments: [{ file_id: file.id, tools }],
          },
        ],
      },
    },
  });
  return response.text();
}
