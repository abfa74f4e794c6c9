import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSetup, readData, runCommand, startCommand } from './transferHarness.js';

const KILLS = 12;

it('gives the same database if the import is killed and repeated', async () => {
  const { folder, data } = createSetup(40);
  await runCommand(['import', 'export', '--data', 'whole.sqlite'], folder);
  const args = ['import', 'export', '--data', 'chat.sqlite'];
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startCommand(args, folder);
    const closed = once(child, 'close');
    let lines = 0;
    // Killed at another part of the work each time, before it starts and while threads are written.
    for await (const text of child.stderr.setEncoding('utf8') as AsyncIterable<string>) {
      lines += text.split('\n').length;
      if (lines > kill) child.kill('SIGKILL');
    }
    await closed;
  }
  expect((await runCommand(args, folder)).code).toBe(0);
  expect(await readData(data)).toEqual(await readData(join(folder, 'whole.sqlite')));
});
