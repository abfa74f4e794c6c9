import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, pid } from 'node:process';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { acquireFileLock } from '../../../src/backend/stores/acquireFileLock.js';

let folder = '';
let path = '';
beforeEach(() => {
  // Frozen, because the age of a heartbeat is asserted in seconds.
  vi.useFakeTimers({ toFake: ['Date'] });
  folder = mkdtempSync(join(tmpdir(), 'file-lock-'));
  path = join(folder, 'store');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const listOwnerFiles = () => readdirSync(folder).sort();

/** Leaves the owner file of another process, last touched `silentSeconds` ago. */
function leaveOwner(changes: object, silentSeconds = 0): void {
  acquireFileLock(path)();
  const release = acquireFileLock(path);
  const owner = JSON.parse(readFileSync(join(folder, 'store.owner-2'), 'utf8')) as object;
  release();
  const ownerFile = join(folder, 'store.owner-3');
  writeFileSync(ownerFile, JSON.stringify({ ...owner, ...changes }));
  const heartbeat = Date.now() / 1000 - silentSeconds;
  utimesSync(ownerFile, heartbeat, heartbeat);
}

it('locks a file for one owner at a time, and leaves one owner file', () => {
  const release = acquireFileLock(path);
  expect(() => acquireFileLock(path)).toThrow(`is used by the process ${pid}`);
  release();
  acquireFileLock(path)();
  expect(listOwnerFiles()).toEqual(['store.owner-2']);
});

it('takes over the lock of a dead process', async () => {
  const child = spawn(execPath, ['-e', '']);
  await once(child, 'exit');
  leaveOwner({ pid: child.pid });
  acquireFileLock(path)();
  expect(listOwnerFiles()).toEqual(['store.owner-4']);
});

it('takes over the lock of a dead process whose process id is used again', () => {
  leaveOwner({ started: 'another start' });
  acquireFileLock(path)();
  expect(listOwnerFiles()).toEqual(['store.owner-4']);
});

it('does not take over the lock of a living process, even without a heartbeat', async () => {
  const child = spawn(execPath, ['-e', 'process.stdin.resume()']);
  await once(child, 'spawn');
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  leaveOwner({ pid: child.pid, started: `${boot} ${stat}` }, 3600);
  expect(() => acquireFileLock(path)).toThrow(expect.objectContaining({ reason: 'busy' }));
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  acquireFileLock(path)();
});

it('does not take over the lock of another container with a recent heartbeat', () => {
  leaveOwner({ machine: 'another', pid: 1 }, 1);
  expect(() => acquireFileLock(path)).toThrow('is available again in 14 seconds');
});

it('takes over the lock of another container 15 seconds after its last heartbeat', () => {
  leaveOwner({ machine: 'another', pid: 1 }, 16);
  acquireFileLock(path)();
  expect(listOwnerFiles()).toEqual(['store.owner-4']);
});
