import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, pid } from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireFileLock } from '../../../src/backend/stores/acquireFileLock.js';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ownership-'));
  path = join(folder, 'store');
});
afterEach(() => rmSync(folder, { recursive: true }));

const owners = () => readdirSync(folder).sort();

/** Writes down another owner than this process. */
function leaveOwner(changed: object, silentSeconds = 0): void {
  acquireFileLock(path)();
  const release = acquireFileLock(path);
  const own = JSON.parse(readFileSync(join(folder, 'store.owner-2'), 'utf8')) as object;
  release();
  const place = join(folder, 'store.owner-3');
  writeFileSync(place, JSON.stringify({ ...own, ...changed }));
  const then = Date.now() / 1000 - silentSeconds;
  utimesSync(place, then, then);
}

it('gives a file to one at a time, and leaves one number behind', () => {
  const release = acquireFileLock(path);
  expect(() => acquireFileLock(path)).toThrow(`is used by the process ${pid}`);
  release();
  acquireFileLock(path)();
  expect(owners()).toEqual(['store.owner-2']);
});

it('takes the file of a process that is dead', async () => {
  const child = spawn(execPath, ['-e', '']);
  await once(child, 'exit');
  leaveOwner({ pid: child.pid });
  acquireFileLock(path)();
  expect(owners()).toEqual(['store.owner-4']);
});

it('takes the file of a dead process whose number was given to another', () => {
  leaveOwner({ started: 'another start' });
  acquireFileLock(path)();
  expect(owners()).toEqual(['store.owner-4']);
});

it('leaves the file of a living process alone, however long that was silent', async () => {
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

it('waits for an owner in another container until that was silent for 15 seconds', () => {
  leaveOwner({ machine: 'another', pid: 1 }, 1);
  expect(() => acquireFileLock(path)).toThrow('is free again in 14 seconds');
});

it('takes the file of an owner in another container that was silent for longer', () => {
  leaveOwner({ machine: 'another', pid: 1 }, 16);
  acquireFileLock(path)();
  expect(owners()).toEqual(['store.owner-4']);
});
