import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fullDiskPoints, smallDisk } from './fullDisk.js';
import { killPoints } from './killPoints.js';
import { startServer } from './server.js';

it('loses nothing it has acknowledged when it is killed 500 times', async () => {
  const reports = await Promise.all(Array.from({ length: 5 }, () => killPoints(100)));
  expect(reports.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(reports.reduce((sum, { points }) => sum + points, 0)).toBe(500);
  expect(reports.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBeGreaterThan(1000);
});

it('loses nothing it has acknowledged when its disk is full 100 times, and can be read all the while', async () => {
  const { refused, acknowledged, wrong } = await fullDiskPoints(100);
  expect(wrong).toEqual([]);
  expect(refused).toBe(100);
  expect(acknowledged).toBeGreaterThan(100);
});

it('does not start on a disk that cannot be written, and says why', async () => {
  const disk = smallDisk(1024 * 1024);
  try {
    const data = join(disk.folder, 'store.sqlite');
    const server = await startServer(data);
    expect(await server.stop()).toBe(0);
    spawnSync('mount', ['-o', 'remount,ro', disk.folder]);
    await expect(startServer(data)).rejects.toThrow(/Cannot use .*store\.sqlite as a store: EROFS/);
    spawnSync('mount', ['-o', 'remount,rw', disk.folder]);
    rmSync(data);
  } finally {
    disk.remove();
  }
});
