/**
 * npm run bench:transfer: imports folders of 10,000 and of 100,000 messages into SQLite, exports them again, and prints the times
 * and the peaks of memory. Exits 1 if ten times as many messages need more than 1.5 times the memory.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { printTable } from '../report.js';

const MESSAGES_PER_THREAD = 50;
const SIZES = [10_000, 100_000];
const MOST_GROWTH = 1.5;

const root = mkdtempSync(join(tmpdir(), 'bench-transfer-'));
try {
  const measured = SIZES.map((messages) => {
    const folder = join(root, String(messages));
    writeExport(folder, messages / MESSAGES_PER_THREAD);
    const database = join(root, `${messages}.sqlite`);
    const imported = measure('import', folder, database);
    return { messages, imported, exported: measure('export', `${folder}-copy`, database) };
  });
  const kinds = /** @type {const} */ (['imported', 'exported']);
  const ratios = kinds.map((kind) => {
    const [small = 0, large = 0] = measured.map((result) => result[kind].peakMib);
    return large / small;
  });
  printTable(
    `Import into SQLite and export of threads with ${MESSAGES_PER_THREAD} messages each`,
    kinds.flatMap((kind, index) =>
      measured.map(({ messages, [kind]: { seconds, peakMib } }) => ({
        what: `${messages.toLocaleString('en')} messages ${kind}`,
        'time (s)': seconds.toFixed(1),
        'peak of memory (MiB)': Math.round(peakMib),
        ratio: messages === SIZES[0] ? 1 : (ratios[index] ?? 0).toFixed(2),
      })),
    ),
  );
  if (ratios.some((ratio) => ratio > MOST_GROWTH)) {
    console.error('The memory grows with the number of messages.');
    exit(1);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

/**
 * Runs a transfer in a process of its own.
 *
 * @param {'import' | 'export'} command
 * @param {string} folder
 * @param {string} database
 * @returns {{ seconds: number, peakMib: number }}
 */
function measure(command, folder, database) {
  const script = fileURLToPath(new URL('transferOnce.js', import.meta.url));
  const loader = fileURLToPath(new URL('../../scripts/loadSources.js', import.meta.url));
  const output = execFileSync(execPath, ['--import', loader, script, command, folder, database], {
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

/**
 * Writes an export as the public exporters do.
 *
 * @param {string} folder
 * @param {number} threadCount
 */
function writeExport(folder, threadCount) {
  mkdirSync(join(folder, 'threads'), { recursive: true });
  write(join(folder, 'manifest.json'), { export_schema: 'assistants-export-manifest/v1' });
  write(join(folder, 'assistants.json'), [
    { id: 'asst_1', object: 'assistant', created_at: 1_700_000_000, model: 'm', tools: [] },
  ]);
  for (let number = 0; number < threadCount; number++) {
    const id = `thread_${number}`;
    write(join(folder, 'threads', `${id}.json`), createThread(id, 1_700_000_000 + number));
  }
}

/**
 * @param {string} path
 * @param {unknown} value
 */
function write(path, value) {
  writeFileSync(path, JSON.stringify(value));
}

/**
 * @param {string} id
 * @param {number} createdAt
 */
function createThread(id, createdAt) {
  const runId = `run_${id}`;
  return {
    export_schema: 'assistants-thread-export/v1',
    thread_id: id,
    thread: { id, object: 'thread', created_at: createdAt, metadata: {} },
    messages: Array.from({ length: MESSAGES_PER_THREAD }, (_, index) => ({
      id: `msg_${id}_${index}`,
      object: 'thread.message',
      created_at: createdAt + index,
      thread_id: id,
      role: index % 2 === 0 ? 'user' : 'assistant',
      assistant_id: index % 2 === 0 ? null : 'asst_1',
      run_id: index % 2 === 0 ? null : runId,
      content: [
        {
          type: 'text',
          text: { value: `${index} ${'words of a chat '.repeat(40)}`, annotations: [] },
        },
      ],
      metadata: {},
    })),
    runs: [
      {
        id: runId,
        object: 'thread.run',
        created_at: createdAt,
        thread_id: id,
        assistant_id: 'asst_1',
        status: 'completed',
        model: 'm',
        tools: [],
        steps: [],
      },
    ],
    files: {},
    errors: [],
  };
}
