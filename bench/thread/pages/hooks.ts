// What a page with a chat of its own imports.
export { QueryClient, QueryClientProvider } from '@tanstack/react-query';
export { createAssistantsClient, useConversation, useRun, useThreadMessages } from 'assistants-react';
