// What a page imports that reads a thread and follows a run, and draws them itself.
export { QueryClient } from '@tanstack/react-query';
export { AssistantsProvider, createAssistantsClient, useRun, useThreadMessages } from 'assistants-react';
