import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLedger } from './createLedger.js';
import { startServer } from './startServer.js';

/** Each point waits for 0 to 8 acknowledged writes, so that the test checks something on slow machines, too. */
const MAX_WRITES = 9;
const MAX_DELAY_MS = 100;

/** Result of killing a server repeatedly. */
export interface KillReport {
  points: number;
  acknowledged: number;
  problems: string[];
}

/**
 * Kills a server at random moments while it writes, and checks after each restart that everything acknowledged is stored. Uses
 * one database for all restarts, so it is interrupted and recovered many times.
 */
export async function killRepeatedly(
  points: number,
  { hasBlobStore = false } = {},
): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'kill-points-'));
  const data = join(folder, 'store.sqlite');
  const options = hasBlobStore ? ['--blob-store', join(folder, 'files')] : [];
  const ledger = createLedger(4);
  const problems: string[] = [];
  try {
    for (let point = 0; point < points; point++) {
      const server = await startServer(data, ...options);
      problems.push(...(await ledger.check(server)));
      const stop = new AbortController();
      // Rejects if the server is killed before its first response, which is expected.
      const writing = ledger.write(server, stop.signal).catch(() => {});
      await Promise.race([ledger.waitForWrites(point % MAX_WRITES), writing]);
      // A random moment within the next writes.
      await sleep(Math.random() * MAX_DELAY_MS);
      await server.kill();
      stop.abort();
      await writing;
    }
    const server = await startServer(data, ...options);
    problems.push(...(await ledger.check(server)), ...(await ledger.checkThreads(server)));
    if ((await server.stop()) !== 0)
      problems.push(`The server failed to stop: ${server.readLog()}`);
    return { points, acknowledged: ledger.acknowledged, problems };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
