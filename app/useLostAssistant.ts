import {
  useAssistant,
  useAssistants,
  useThreadMessages,
  type Assistant,
  type AssistantsError,
} from 'assistants-react';
import { useState } from 'react';

/**
 * Notices that the assistant no longer exists, for example because it was deleted in another tab, or
 * because the server has restarted. Then the thread may be gone, too, so its messages are fetched again.
 */
export function useLostAssistant(
  assistant: Assistant | undefined,
  threadId: string | undefined,
): {
  /** Name of the assistant that no longer exists. */
  lostName: string | undefined;
  handleError: (error: AssistantsError) => void;
  clear: () => void;
} {
  const list = useAssistants();
  const { refetch } = useAssistant({ assistantId: assistant?.id }, { enabled: false });
  const messages = useThreadMessages({ threadId });
  const [lostName, setLostName] = useState<string>();
  const handleNotFound = async () => {
    // An unknown thread is not fetched.
    if (threadId !== undefined) void messages.refetch();
    const { error } = await refetch();
    await list.refetch();
    if (assistant && error?.status === 404) setLostName(assistant.name ?? 'The assistant');
  };
  return {
    lostName,
    handleError: ({ status }) => {
      if (status === 404) void handleNotFound();
    },
    clear: () => setLostName(undefined),
  };
}
