import { isActive } from '../../../protocol/runStatus.js';

const MIN_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;

/**
 * Returns the header that tells clients when to poll an active run again. The delay is a quarter of the time that the run has
 * been in progress. Runs in requires_action wait for the client, so they get the longest delay. Files of vector stores are read
 * soon, so they get the shortest. Returns no header for other objects.
 */
export function getPollHint(response: object, nowMs: number): Record<string, string> {
  if (isBeingRead(response)) return { 'openai-poll-after-ms': String(MIN_DELAY_MS) };
  if (!isRun(response) || !isActive(response.status)) return {};
  return { 'openai-poll-after-ms': String(Math.round(getDelayMs(response, nowMs))) };
}

function getDelayMs({ status, started_at: startedAt }: WireRun, nowMs: number): number {
  if (status === 'requires_action') return MAX_DELAY_MS;
  const elapsedMs = status === 'queued' || startedAt === null ? 0 : nowMs - startedAt * 1000;
  return Math.min(Math.max(elapsedMs / 4, MIN_DELAY_MS), MAX_DELAY_MS);
}

interface WireRun {
  status: string;
  started_at: number | null;
}

/** Returns true for a vector store, a file of one or a batch with files that were not read yet. */
function isBeingRead(response: object): boolean {
  return (
    'object' in response &&
    'status' in response &&
    /^vector_store\b/.test(String(response.object)) &&
    response.status === 'in_progress'
  );
}

function isRun(response: object): response is WireRun {
  return 'object' in response && response.object === 'thread.run' && 'status' in response;
}
