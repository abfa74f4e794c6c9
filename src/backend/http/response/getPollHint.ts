import { isActive } from '../../../protocol/runStatus.js';

const FASTEST_MS = 250;
const SLOWEST_MS = 5_000;

/**
 * The header that says when to ask for an active run again: soon while it is young, then after a quarter of the time it has
 * been worked on. A run that waits for tool outputs waits for the one who asks. Nothing for other objects.
 */
export function getPollHint(answer: object, nowMs: number): Record<string, string> {
  if (!isRun(answer) || !isActive(answer.status)) return {};
  const { status, started_at: started } = answer;
  const worked = status === 'queued' || started === null ? 0 : nowMs - started * 1000;
  const delay =
    status === 'requires_action'
      ? SLOWEST_MS
      : Math.min(Math.max(worked / 4, FASTEST_MS), SLOWEST_MS);
  return { 'openai-poll-after-ms': String(Math.round(delay)) };
}

function isRun(answer: object): answer is { status: string; started_at: number | null } {
  return 'object' in answer && answer.object === 'thread.run' && 'status' in answer;
}
