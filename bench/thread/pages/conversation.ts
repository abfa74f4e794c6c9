// Imports of a page that renders a conversation itself.
export { QueryClient } from '@tanstack/react-query';
export { AssistantsProvider, createAssistantsClient, useConversation } from 'assistants-react';
