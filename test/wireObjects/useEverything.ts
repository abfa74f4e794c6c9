import {
  memoryThreads,
  useActiveRun,
  useAssistant,
  useAssistantChat,
  useAssistantFile,
  useAssistantFiles,
  useAssistants,
  useConversation,
  useFile,
  useFileContent,
  useFiles,
  useMessage,
  useMessageFile,
  useMessageFiles,
  useRun,
  useRunStep,
  useRunSteps,
  useThread,
  useThreadList,
  useThreadMessages,
  useThreadRuns,
  useThreads,
  useToolCalls,
  useVectorStore,
  useVectorStoreBatchFiles,
  useVectorStoreFile,
  useUsage,
  useVectorStoreFileBatch,
  useVectorStoreFileContent,
  useVectorStoreFiles,
  useVectorStores,
  useVectorStoreSearch,
  type Tool,
} from 'assistants-react';

const threadId = 'thread_1';
const runId = 'run_1';
const messageId = 'msg_2';
const assistantId = 'asst_1';
const fileId = 'file-1';
const vectorStoreId = 'vs_1';
const batchId = 'vsfb_1';
const NO_TOOLS: readonly Tool[] = [];
const registry = memoryThreads();

/** Uses every hook that reads objects of a server. */
export function useEverything(): readonly unknown[] {
  const run = useRun({ threadId, runId });
  return [
    run,
    useToolCalls(run.data, NO_TOOLS),
    useActiveRun({ threadId }),
    useThreadRuns({ threadId }),
    useRunSteps({ threadId, runId }),
    useRunStep({ threadId, runId, stepId: 'step_1' }),
    useThread({ threadId }),
    useThreadList(),
    useUsage(),
    useThreads({ registry }),
    useThreadMessages({ threadId }),
    useMessage({ threadId, messageId }),
    useMessageFiles({ threadId, messageId }),
    useMessageFile({ threadId, messageId, fileId }),
    useAssistants(),
    useAssistant({ assistantId }),
    useAssistantFiles({ assistantId }),
    useAssistantFile({ assistantId, fileId }),
    useFiles(),
    useFile({ fileId }),
    useFileContent({ fileId }),
    useVectorStores(),
    useVectorStore({ vectorStoreId }),
    useVectorStoreFiles({ vectorStoreId }),
    useVectorStoreFile({ vectorStoreId, fileId }),
    useVectorStoreFileContent({ vectorStoreId, fileId }),
    useVectorStoreFileBatch({ vectorStoreId, batchId }),
    useVectorStoreBatchFiles({ vectorStoreId, batchId }),
    useVectorStoreSearch({ vectorStoreId, body: { query: 'bread' } }),
    useConversation({ assistantId, threadId }),
    useAssistantChat({ assistantId, threadId }),
  ];
}
