import { toAssistantsError } from '../../client/AssistantsError.js';
import { readResponse } from '../../client/readResponse.js';
import { canRejoin } from '../../protocol/extensions.js';
import type { Run } from '../../protocol/types.js';
import { abortWhenHidden } from './abortWhenHidden.js';
import type { FollowContext } from './FollowContext.js';
import { getRunIds } from './getRunIds.js';
import { readRun, type StreamIds } from './readRun.js';

/** Reads one stream of the run, up to requires_action or the end, or the JSON of a server that cannot stream. */
export async function readSegment(context: FollowContext, response: Response): Promise<void> {
  const ids = getRequestIds(context);
  const { config, options, signal, store } = context;
  if (!response.headers.get('content-type')?.includes('event-stream')) {
    // `readResponse` has checked that it is a run.
    const run = (await readResponse('getRun', ids, response)) as Run;
    context.recovery?.restart();
    store.dispatch({ type: 'runReceived', run, source: 'response' });
    return;
  }
  const isRejoinable = canRejoin(response.headers);
  store.dispatch({ type: 'streamOpened', canRejoin: isRejoinable });
  const hidden = isRejoinable && config.canPoll ? abortWhenHidden() : undefined;
  try {
    // Some custom `fetch` functions ignore the signal of the request.
    const ends = hidden ? AbortSignal.any([signal, hidden.signal]) : signal;
    for await (const event of readRun(response, { ...options, ids, signal: ends })) {
      store.dispatch({ type: 'eventReceived', event });
    }
  } catch (error) {
    if (!config.canPoll || signal.aborted) throw error;
    store.dispatch({ type: 'requestFailed', error: toAssistantsError(error) });
  } finally {
    hidden?.stop();
    context.recovery?.restart();
  }
}

/** Returns the ids that are known from the request or from earlier responses. */
function getRequestIds({ config: { target }, store }: FollowContext): StreamIds {
  const { run } = store.getState().followed;
  if (run) return { ...getRunIds(run), assistantId: run.assistant_id };
  if (target.type === 'existing') return target.ids;
  const { body } = target.params;
  const threadId = target.type === 'createRun' ? target.params.threadId : undefined;
  return { threadId, assistantId: body.assistant_id };
}

/** Returns true if responses may be event streams. */
export function isStreamed({ options }: FollowContext): boolean {
  return options.transport !== 'poll';
}
