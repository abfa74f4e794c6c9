// What a page with a whole chat imports.
export { QueryClient } from '@tanstack/react-query';
export { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
