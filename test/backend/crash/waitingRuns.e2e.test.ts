import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { numRuns } from '../../budget.js';
import { startServer } from './startServer.js';
import { answerRuns, expectWaiting, startWaitingRuns } from './waitingRuns.js';

const RUNS = numRuns(100, 20);

it.each([
  ['a kill', 'kill', false],
  ['a graceful restart', 'stop', false],
  ['a rolling restart, whose new process waits for the file', 'stop', true],
] as const)('answers runs that waited for tool outputs during %s', async (_, end, isRolling) => {
  const folder = mkdtempSync(join(tmpdir(), 'waiting-runs-'));
  const data = join(folder, 'store.sqlite');
  try {
    const first = await startServer(data);
    const waiting = await startWaitingRuns(first, RUNS);
    const starting = isRolling ? startServer(data) : undefined;
    // Prevents an unhandled rejection while the first server stops.
    starting?.catch(() => undefined);
    await first[end]();

    const second = await (starting ?? startServer(data));
    await expectWaiting(second, waiting);
    await answerRuns(second, waiting);
    expect(await second.stop()).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
