import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listMessageIds } from './createLedger.js';
import { startServer, type ServerProcess } from './startServer.js';

/** Result of filling a disk repeatedly. */
export interface FullDiskReport {
  acknowledged: number;
  rejected: number;
  problems: string[];
}

const DISK_BYTES = 24 * 1024 * 1024;
const MAX_WRITES = 2000;

/** Mounts a disk in memory. Throws if it cannot be mounted, which requires Linux and root. */
export function mountSmallDisk(bytes: number): { folder: string; unmount: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
  const { status, stderr, error } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    rmdirSync(folder);
    throw new Error(
      `Cannot mount a small disk. This requires Linux and root: ${error?.message ?? stderr}`,
    );
  }
  return {
    folder,
    unmount: () => {
      spawnSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

/**
 * Fills the disk of a server except for a random rest, and writes until the server rejects a write. Checks each time that
 *
 * - everything acknowledged, and nothing rejected, is stored and readable while the disk is full
 * - the server writes again when there is space
 * - every other time, the server can be killed while the disk is full
 */
export async function fillDiskRepeatedly(points: number): Promise<FullDiskReport> {
  const disk = mountSmallDisk(DISK_BYTES);
  let data = join(disk.folder, 'store-0.sqlite');
  const ballast = join(disk.folder, 'ballast');
  const report: FullDiskReport = { acknowledged: 0, rejected: 0, problems: [] };
  let server = await startServer(data);
  try {
    for (let point = 0; point < points; point++) {
      // The database never shrinks, so it would occupy the whole disk after some points.
      if (point > 0 && point % 10 === 0) {
        await server.kill();
        for (const name of readdirSync(disk.folder))
          rmSync(join(disk.folder, name), { recursive: true });
        data = join(disk.folder, `store-${point}.sqlite`);
        server = await startServer(data);
      }
      const thread = await create(server, '/threads', {});
      const restBytes = Math.floor(Math.random() * 200_000);
      writeFileSync(ballast, new Uint8Array(Math.max(0, getFreeBytes(disk.folder) - restBytes)));
      const written = await writeUntilFull(server, thread, report);
      report.problems.push(...(await checkMessages(server, thread, written)));
      if (point % 2 === 1) {
        await server.kill();
        rmSync(ballast);
        server = await startServer(data);
        report.problems.push(...(await checkMessages(server, thread, written)));
      } else {
        rmSync(ballast);
      }
      const message = { role: 'user', content: 'There is space again' };
      written.push(await create(server, `/threads/${thread}/messages`, message));
      report.problems.push(...(await checkMessages(server, thread, written)));
      const { status } = await server.send('DELETE', `/threads/${thread}`);
      if (status !== 200) report.problems.push(`DELETE returned ${status}`);
    }
    if ((await server.stop()) !== 0)
      report.problems.push(`The server failed to stop: ${server.readLog()}`);
    return report;
  } finally {
    await server.kill();
    disk.unmount();
  }
}

/** Resolves with the ids of the acknowledged messages. */
async function writeUntilFull(
  server: ServerProcess,
  thread: string,
  report: FullDiskReport,
): Promise<string[]> {
  const written: string[] = [];
  for (let turn = 0; turn < MAX_WRITES; turn++) {
    const content = 'x'.repeat(1 + ((turn * 7919) % 20_000));
    const { status, body } = await server.send('POST', `/threads/${thread}/messages`, {
      role: 'user',
      content,
    });
    if (status === 200) {
      written.push(body.id);
      report.acknowledged += 1;
      continue;
    }
    report.rejected += 1;
    if (status !== 507)
      report.problems.push(`A write to a full disk returned ${status}: ${readLastLine(server)}`);
    return written;
  }
  report.problems.push('The disk did not become full');
  return written;
}

async function checkMessages(
  server: ServerProcess,
  thread: string,
  expected: readonly string[],
): Promise<string[]> {
  const found = await listMessageIds(server, thread);
  if (typeof found === 'string') return [`${found}: ${readLastLine(server)}`];
  return found.join() === expected.join()
    ? []
    : [`${thread} contains ${found.length} messages, but ${expected.length} were acknowledged`];
}

async function create(server: ServerProcess, path: string, body: object): Promise<string> {
  const response = await server.send('POST', path, body);
  if (response.status !== 200)
    throw new Error(`POST ${path} returned ${response.status}: ${readLastLine(server)}`);
  return response.body.id;
}

function readLastLine(server: ServerProcess): string | undefined {
  return server.readLog().split('\n').at(-2);
}

function getFreeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
