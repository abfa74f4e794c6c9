import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fillDiskRepeatedly, mountSmallDisk } from './fillDiskRepeatedly.js';
import { killRepeatedly } from './killRepeatedly.js';
import { startServer } from './startServer.js';

it('keeps everything acknowledged when the server is killed 500 times', async () => {
  const reports = await Promise.all(Array.from({ length: 5 }, () => killRepeatedly(100)));
  expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
  expect(reports.reduce((sum, { points }) => sum + points, 0)).toBe(500);
  expect(reports.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBeGreaterThan(1000);
});

it('keeps the contents of files in a folder when the server is killed 100 times', async () => {
  const { acknowledged, problems } = await killRepeatedly(100, { hasBlobStore: true });
  expect(problems).toEqual([]);
  expect(acknowledged).toBeGreaterThan(100);
});

it('keeps and returns everything acknowledged when its disk is full 100 times', async () => {
  const { rejected, acknowledged, problems } = await fillDiskRepeatedly(100);
  expect(problems).toEqual([]);
  expect(rejected).toBe(100);
  expect(acknowledged).toBeGreaterThan(100);
});

it.each([
  ['without any space', 0],
  ['with space for the lock only', 24],
])('does not start on a full disk %s, and starts once there is space', async (_, freeKibibytes) => {
  const disk = mountSmallDisk(1024 * 1024);
  try {
    const data = join(disk.folder, 'store.sqlite');
    const filler = join(disk.folder, 'filler');
    writeFileSync(filler, new Uint8Array((1024 - freeKibibytes) * 1024));
    await expect(startServer(data)).rejects.toThrow(
      /assistants-react: No space left on the disk of .*store\.sqlite\. .* Free some space and try again\.\n$/,
    );
    expect(readdirSync(disk.folder).filter((name) => /owner-\d+-/.test(name))).toEqual([]);
    rmSync(filler);
    const server = await startServer(data);
    expect(await server.stop()).toBe(0);
  } finally {
    disk.unmount();
  }
});

it('does not start on a read-only disk and reports the reason', async () => {
  const disk = mountSmallDisk(1024 * 1024);
  try {
    const data = join(disk.folder, 'store.sqlite');
    const server = await startServer(data);
    expect(await server.stop()).toBe(0);
    spawnSync('mount', ['-o', 'remount,ro', disk.folder]);
    await expect(startServer(data)).rejects.toThrow(/Cannot use .*store\.sqlite as a store: EROFS/);
    spawnSync('mount', ['-o', 'remount,rw', disk.folder]);
    rmSync(data);
  } finally {
    disk.unmount();
  }
});
