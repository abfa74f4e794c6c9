// Imports of a page that reads a thread and follows its run.
export { QueryClient } from '@tanstack/react-query';
export {
  AssistantsProvider,
  createAssistantsClient,
  useRun,
  useThreadMessages,
} from 'assistants-react';
