import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type ServerProcess } from './server.js';

/** A disk of so many bytes, in memory. Throws where it cannot be mounted: that takes Linux and its root. */
export function smallDisk(bytes: number): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
  const { status, stderr, error } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    rmdirSync(folder);
    throw new Error(
      `A small disk cannot be mounted here, which takes Linux and its root: ${error?.message ?? stderr}`,
    );
  }
  return {
    folder,
    remove: () => {
      spawnSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

/** What came of filling a disk again and again. */
export interface FullDiskReport {
  acknowledged: number;
  refused: number;
  wrong: string[];
}

/**
 * Fills the disk of a server to a random rest, writes until it refuses, and looks each time whether everything acknowledged
 * can be read while the disk is full, and nothing that was refused; whether it writes again once there is room; and every
 * other time, whether it can be killed while the disk is full.
 */
export async function fullDiskPoints(points: number): Promise<FullDiskReport> {
  const disk = smallDisk(24 * 1024 * 1024);
  let data = join(disk.folder, 'store-0.sqlite');
  const ballast = join(disk.folder, 'ballast');
  const report: FullDiskReport = { acknowledged: 0, refused: 0, wrong: [] };
  let server = await startServer(data);
  try {
    for (let point = 0; point < points; point++) {
      // A database grows into the room that each point leaves, and never shrinks: it would take the whole disk in the end.
      if (point > 0 && point % 10 === 0) {
        await server.kill();
        for (const name of readdirSync(disk.folder))
          rmSync(join(disk.folder, name), { recursive: true });
        data = join(disk.folder, `store-${point}.sqlite`);
        server = await startServer(data);
      }
      const thread = await post(server, '/threads', {});
      writeFileSync(
        ballast,
        new Uint8Array(Math.max(0, freeBytes(disk.folder) - Math.floor(Math.random() * 200_000))),
      );
      const written = await writeUntilFull(server, thread, report);
      report.wrong.push(...(await compare(server, thread, written)));
      if (point % 2 === 1) {
        await server.kill();
        rmSync(ballast);
        server = await startServer(data);
        report.wrong.push(...(await compare(server, thread, written)));
      } else {
        rmSync(ballast);
      }
      written.push(
        await post(server, `/threads/${thread}/messages`, {
          role: 'user',
          content: 'There is room again',
        }),
      );
      report.wrong.push(...(await compare(server, thread, written)));
      const { status } = await server.send('DELETE', `/threads/${thread}`);
      if (status !== 200) report.wrong.push(`DELETE answered ${status}`);
    }
    if ((await server.stop()) !== 0) report.wrong.push(`It did not stop: ${server.log()}`);
    return report;
  } finally {
    await server.kill();
    disk.remove();
  }
}

async function writeUntilFull(
  server: ServerProcess,
  thread: string,
  report: FullDiskReport,
): Promise<string[]> {
  const written: string[] = [];
  for (let turn = 0; turn < 2000; turn++) {
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
    report.refused += 1;
    if (status !== 507)
      report.wrong.push(`A full disk was answered ${status}: ${server.log().split('\n').at(-2)}`);
    return written;
  }
  report.wrong.push('The disk did not get full');
  return written;
}

/** The messages of a thread are those, and its newest can be read alone. */
async function compare(
  server: ServerProcess,
  thread: string,
  expected: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (let after = ''; ; after = found.at(-1) ?? '') {
    const { status, body } = await server.send(
      'GET',
      `/threads/${thread}/messages?order=asc&limit=100&after=${after}`,
    );
    if (status !== 200)
      return [`GET messages answered ${status}: ${server.log().split('\n').at(-2)}`];
    found.push(...(body.data ?? []).map(({ id }) => id));
    if (body.has_more !== true) break;
  }
  return found.join() === expected.join()
    ? []
    : [`${found.length} messages are there, and ${expected.length} were acknowledged`];
}

async function post(server: ServerProcess, path: string, body: object): Promise<string> {
  const answer = await server.send('POST', path, body);
  if (answer.status !== 200)
    throw new Error(`POST ${path} answered ${answer.status}: ${server.log().split('\n').at(-2)}`);
  return answer.body.id;
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
