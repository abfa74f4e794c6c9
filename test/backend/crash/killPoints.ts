import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLedger } from './ledger.js';
import { startServer } from './server.js';

/** What came of killing a server again and again. */
export interface KillReport {
  points: number;
  acknowledged: number;
  wrong: string[];
}

/**
 * Kills a server that writes, at random moments, and looks each time whether everything acknowledged is there. The database
 * lives through all of it, so it has been torn and mended as often as there are points.
 */
export async function killPoints(points: number): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'kill-points-'));
  const data = join(folder, 'store.sqlite');
  const ledger = createLedger(4);
  const wrong: string[] = [];
  try {
    for (let point = 0; point < points; point++) {
      const server = await startServer(data);
      wrong.push(...(await ledger.check(server)));
      const over = new AbortController();
      // A writer that finds the server dead in its first request is done as well.
      const writing = ledger.write(server, over.signal).catch(() => 0);
      await pause(Math.random() * 150);
      await server.kill();
      over.abort();
      await writing;
    }
    const server = await startServer(data);
    wrong.push(...(await ledger.check(server)), ...(await ledger.checkThreads(server)));
    if ((await server.stop()) !== 0) wrong.push(`It did not stop: ${server.log()}`);
    return { points, acknowledged: ledger.acknowledged, wrong };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
