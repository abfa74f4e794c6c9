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
import { StoreError } from './storeError.js';

const TOUCH_MS = 2_000;
const SILENT_MS = 15_000;

/** Who holds a store. */
interface Owner {
  pid: number;
  /** When the process started, in the machine's own words; empty where it does not say. */
  started: string;
  /** Which machine, or container, the number of the process belongs to. */
  machine: string;
}

/**
 * Takes a file for this process alone, and answers how to give it back. A process that was killed loses it at once: Node
 * has no locks of the operating system, so the owner is written down beside the file, and asked for by its process number
 * and start. An owner in another container cannot be asked for; it counts as gone once it was silent for 15 seconds.
 *
 * Owners are numbered, and the highest number has the file: of several processes that find the last owner dead only one
 * can make the file of the next number.
 *
 * @throws StoreError `busy` when a living process has it
 */
export function takeOwnership(path: string): () => void {
  const mine = `${path}.owner-${pid}-${Math.random().toString(36).slice(2)}`;
  writeFileSync(mine, JSON.stringify(thisProcess()), { mode: 0o600 });
  try {
    for (;;) {
      const last = numbersOf(path).at(-1) ?? 0;
      if (last > 0) refuseIfAlive(path, `${path}.owner-${last}`);
      const place = `${path}.owner-${last + 1}`;
      if (!claim(mine, place)) continue;
      const numbers = numbersOf(path);
      if (numbers.at(-1) === last + 1) {
        for (const number of numbers.slice(0, -1))
          rmSync(`${path}.owner-${number}`, { force: true });
        return keepAlive(place);
      }
      // The number was free again because it was passed long ago, while this process slept.
      rmSync(place, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A link is made whole or not at all, so nobody ever reads half an owner. */
function claim(mine: string, place: string): boolean {
  try {
    linkSync(mine, place);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The number stays behind, without an owner: the next one has to be higher. */
function keepAlive(place: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    if (existsSync(place)) utimesSync(place, now, now);
  }, TOUCH_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (existsSync(place)) truncateSync(place);
  };
}

function refuseIfAlive(path: string, place: string): void {
  const owner = readOwner(place);
  if (owner === undefined) return;
  const self = thisProcess();
  const known = owner.machine === self.machine;
  if (known && !isRunning(owner)) return;
  if (known && owner.started !== '') throw busy(path, owner, 'Stop it, or choose another file.');
  const silentMs = Date.now() - (statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (silentMs > SILENT_MS) return;
  throw busy(
    path,
    owner,
    `If it was killed, the file is free again in ${Math.ceil((SILENT_MS - silentMs) / 1000)} seconds.`,
  );
}

function busy(path: string, owner: Owner, advice: string): StoreError {
  return new StoreError(
    'busy',
    `The store ${path} is used by the process ${owner.pid} of ${owner.machine}. ${advice}`,
  );
}

/** Undefined for a file that was given back, or went while it was looked at. */
function readOwner(place: string): Owner | undefined {
  try {
    // Written by claim, whole or not at all.
    return JSON.parse(readFileSync(place, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function numbersOf(path: string): number[] {
  const start = `${basename(path)}.owner-`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((a, b) => a - b);
}

function thisProcess(): Owner {
  const space = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return {
    pid,
    started: startOf(pid),
    machine: [hostname(), space].filter((part) => part !== '').join(' '),
  };
}

function isRunning({ pid: number, started }: Owner): boolean {
  try {
    process.kill(number, 0);
  } catch (error) {
    // Not ours to signal, so it is there.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return started === '' || startOf(number) === started;
}

/** The boot and the tick of a process on Linux, elsewhere nothing: its number may be given to another, its start not. */
function startOf(number: number): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  // The name of the program, in brackets, may hold spaces; the start is the twentieth field after it.
  const ticks = attempt(
    () =>
      readFileSync(join('/proc', String(number), 'stat'), 'utf8')
        .split(') ')
        .at(-1)
        ?.split(' ')[19] ?? '',
  );
  return ticks === '' ? '' : `${boot} ${ticks}`;
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
