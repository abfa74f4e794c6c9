import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pid } from 'node:process';
import { StoreError } from './StoreError.js';

const HEARTBEAT_MS = 2_000;
/** Time without a heartbeat after which an owner of another machine counts as dead. */
const TIMEOUT_MS = 15_000;

/** Process that holds a lock. */
interface Owner {
  pid: number;
  /** Start time of the process, in a format of the operating system. Empty if the system does not provide one. */
  started: string;
  /** Machine or container that the process id belongs to. */
  machine: string;
}

/**
 * Locks a file for this process and returns a function that releases the lock. Throws `busy` if another process holds it.
 *
 * Node has no operating system locks, so the owner is written to a file next to the locked one and found by its process id
 * and start time. A killed process loses its lock immediately. Processes in other containers are not visible, so their
 * owner files are touched regularly and count as dead after 15 seconds without a heartbeat.
 *
 * Owner files are numbered and the highest number holds the lock. When several processes find that the last owner is dead,
 * only one of them can create the file with the next number.
 *
 * @throws StoreError `busy` if a living process holds the lock.
 */
export function acquireFileLock(path: string): () => void {
  const draft = `${path}.owner-${pid}-${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(draft, JSON.stringify(describeThisProcess()), { mode: 0o600 });
    for (;;) {
      const last = listOwnerNumbers(path).at(-1) ?? 0;
      if (last > 0) assertReleased(path, `${path}.owner-${last}`);
      const ownerFile = `${path}.owner-${last + 1}`;
      if (!claim(draft, ownerFile)) continue;
      const numbers = listOwnerNumbers(path);
      if (numbers.at(-1) === last + 1) {
        for (const number of numbers.slice(0, -1))
          rmSync(`${path}.owner-${number}`, { force: true });
        return startHeartbeat(ownerFile);
      }
      // Higher numbers exist: other processes have taken and removed this number while this process was suspended.
      rmSync(ownerFile, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Creates the owner file with a hard link, which is atomic, so no process reads an incomplete file. */
function claim(draft: string, ownerFile: string): boolean {
  try {
    linkSync(draft, ownerFile);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns Function that releases the lock. The empty owner file remains, because the next number has to be higher. */
function startHeartbeat(ownerFile: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    if (existsSync(ownerFile)) utimesSync(ownerFile, now, now);
  }, HEARTBEAT_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (existsSync(ownerFile)) truncateSync(ownerFile);
  };
}

/** @throws StoreError `busy` if the owner is alive. */
function assertReleased(path: string, ownerFile: string): void {
  const owner = readOwner(ownerFile);
  if (owner === undefined) return;
  const isOnThisMachine = owner.machine === describeThisProcess().machine;
  if (isOnThisMachine && !isRunning(owner)) return;
  if (isOnThisMachine && owner.started !== '')
    throw createBusyError(path, owner, 'Stop it, or choose another file.');
  const heartbeatAt = statSync(ownerFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const silentMs = Date.now() - heartbeatAt;
  if (silentMs > TIMEOUT_MS) return;
  const waitSeconds = Math.ceil((TIMEOUT_MS - silentMs) / 1000);
  throw createBusyError(
    path,
    owner,
    `If that process was killed, the file is available again in ${waitSeconds} seconds.`,
  );
}

function createBusyError(path: string, owner: Owner, advice: string): StoreError {
  return new StoreError(
    'busy',
    `The store ${path} is used by the process ${owner.pid} of ${owner.machine}. ${advice}`,
  );
}

/** Returns undefined for a file that was released, or removed meanwhile. */
function readOwner(ownerFile: string): Owner | undefined {
  try {
    // `claim` creates complete files only.
    return JSON.parse(readFileSync(ownerFile, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Lists the numbers of the owner files, in ascending order. */
function listOwnerNumbers(path: string): number[] {
  const prefix = `${basename(path)}.owner-`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b);
}

function describeThisProcess(): Owner {
  const pidNamespace = readOrEmpty(() => readlinkSync('/proc/self/ns/pid'));
  return {
    pid,
    started: readStartTime(pid),
    machine: [hostname(), pidNamespace].filter((part) => part !== '').join(' '),
  };
}

function isRunning(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return owner.started === '' || readStartTime(owner.pid) === owner.started;
}

/**
 * Returns the boot id and the start tick of a process on Linux, else an empty string. Process ids are reused, start times are
 * not.
 */
function readStartTime(processId: number): string {
  const bootId = readOrEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  // The name of the program, in parentheses, may contain spaces. The start time is the 20th field after it.
  const ticks = readOrEmpty(
    () =>
      readFileSync(join('/proc', String(processId), 'stat'), 'utf8')
        .split(') ')
        .at(-1)
        ?.split(' ')[19] ?? '',
  );
  return ticks === '' ? '' : `${bootId} ${ticks}`;
}

function readOrEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
