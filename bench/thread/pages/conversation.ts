// What a page imports that draws a conversation itself.
export { QueryClient } from '@tanstack/react-query';
export { AssistantsProvider, createAssistantsClient, useConversation } from 'assistants-react';
