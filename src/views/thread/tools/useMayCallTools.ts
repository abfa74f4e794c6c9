import { useQuery } from '@tanstack/react-query';
import type { AssistantsError } from '../../../client/AssistantsError.js';
import { useAssistantsClient } from '../../../hooks/useAssistantsClient.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import type { Run } from '../../../protocol/types.js';
import { newestRunOptions } from '../../../queries/runs.js';
import { useThreadConversation } from '../ThreadContext.js';
import { canCallTools } from './canCallTools.js';

/** Returns true if the newest run of the thread may call tools, so that earlier runs may have called some. */
export function useMayCallTools(): boolean {
  const { threadId, followed } = useConversationState(useThreadConversation());
  const mayFollowedCall = useFollowedRun(followed, canCallTools);
  const client = useAssistantsClient();
  const { data: newestRun } = useQuery<Run | null, AssistantsError>({
    ...newestRunOptions(client, { threadId: threadId ?? '' }),
    // `Thread.Root` fetches it.
    enabled: false,
  });
  return mayFollowedCall || (newestRun?.tools ?? []).length > 0;
}
