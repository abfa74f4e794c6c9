import { WORKER_HEAP_MIB } from '../fileLimits.js';
import { type FileWorker, WorkerEndEvent } from './FileWorker.js';

/** Variables that the process gets. It needs no secrets. */
const INHERITED_VARIABLES = [
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'PATH',
  'SystemRoot',
  'TEMP',
  'TMPDIR',
];
/** Exit codes from here on stand for signals, where signals are not reported. */
const FIRST_SIGNAL_CODE = 128;

/** Checks whether this is Node, and not another runtime that imitates its `process`. */
export function isNode(): boolean {
  return (
    globalThis.process?.release?.name === 'node' &&
    !('Deno' in globalThis) &&
    !('Bun' in globalThis)
  );
}

/**
 * Returns the module that the process runs. Bundlers of servers copy it without the modules that it imports, so that a bundled
 * server takes it from the installed package.
 */
function findEntry(): URL | string {
  const entry = new URL('./workerEntry.js', import.meta.url);
  if (entry.pathname.endsWith('/search/worker/workerEntry.js')) return entry;
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(`${process.cwd()}/`).resolve('assistants-react/backend/file-worker');
}

/**
 * Starts a process of Node with a limited heap. A thread would not be enough: a thread that runs out of memory can end the whole
 * process. The modules of Node are read from `process`, because an import would break the bundles of pages.
 */
export function startNodeProcess(): FileWorker {
  const { fork } = process.getBuiltinModule('node:child_process');
  const child = fork(findEntry(), {
    // Without the options of this process: `--eval` and `--inspect` are not meant for it.
    execArgv: [`--max-old-space-size=${WORKER_HEAP_MIB}`],
    env: Object.fromEntries(
      INHERITED_VARIABLES.flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    serialization: 'advanced',
    // Node writes a long report when its heap is exhausted.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const events = new EventTarget();
  child.on('message', (data) => events.dispatchEvent(new MessageEvent('message', { data })));
  child.on('error', () => events.dispatchEvent(new WorkerEndEvent('failed')));
  child.on('exit', (code, signal) => {
    // An exhausted heap ends the process with different signals.
    const isMemory = signal !== null || (code ?? 0) >= FIRST_SIGNAL_CODE;
    events.dispatchEvent(new WorkerEndEvent(isMemory ? 'memory' : 'failed'));
  });
  return {
    postMessage(message) {
      // The exit event reports a process that has ended meanwhile.
      if (child.connected) child.send(message as object, () => undefined);
    },
    addEventListener: (type, listener) => events.addEventListener(type, listener),
    terminate: () => child.kill('SIGKILL'),
    ref() {
      child.ref();
      child.channel?.ref();
    },
    unref() {
      child.unref();
      child.channel?.unref();
    },
  };
}
