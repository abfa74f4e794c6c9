import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { parseCommand } from '../../../src/backend/server/parseCommand.js';
import { runTransfer } from '../../../src/backend/server/runTransfer.js';
import { serveBackend } from '../../../src/backend/server/serveBackend.js';
import { createSetup, readData, writeFiles } from './transferHarness.js';

/** Returns the commands of the guide, as arguments. */
function readCommands(): string[][] {
  const lines = readFileSync('docs/switched-off.md', 'utf8').matchAll(
    /^(?:SOURCE_API_KEY=\S+ )?npx assistants-react (.+)$/gm,
  );
  return Array.from(lines, ([, line = '']) => line.replaceAll("'", '').split(' '));
}

it('the guide has commands that the command line understands', () => {
  const names = readCommands().map((args) => parseCommand(args, { SOURCE_API_KEY: 'token' }).name);
  expect(names).toEqual(['import', 'import', 'import', 'import', 'serve', 'export']);
});

it('the guide moves an export in and out', async () => {
  const { folder, exported, threads } = createSetup(3);
  writeFiles(join(folder, 'originals'), new Map([['file-1.txt', new Uint8Array(5)]]));
  writeFileSync(join(folder, 'ids.txt'), 'thread_1\n');
  const source = await serveBackend(createBackend());
  const places: Record<string, string> = {
    './assistants-export': exported,
    './originals': join(folder, 'originals'),
    './backup': join(folder, 'backup'),
    'chat.sqlite': join(folder, 'chat.sqlite'),
    'report.json': join(folder, 'report.json'),
    'ids.txt': join(folder, 'ids.txt'),
    'https://R.services.ai.azure.com/api/projects/P?api-version=v1': `${source.url}/v1?api-version=v1`,
  };
  try {
    for (const args of readCommands()) {
      const command = parseCommand(
        args.map((text) => places[text] ?? text),
        {},
      );
      if (command.name === 'import' || command.name === 'export')
        await runTransfer(command, { signal: new AbortController().signal, onProgress: () => {} });
    }
  } finally {
    await source.close();
  }
  expect((await readData(join(folder, 'chat.sqlite'))).threads).toHaveLength(threads.length);
  expect(existsSync(join(folder, 'backup/threads/thread_1.json'))).toBe(true);
  expect(existsSync(join(folder, 'backup/files/file-1'))).toBe(true);
});
