// Imports of a page with ThreadView.
export { QueryClient } from '@tanstack/react-query';
export { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
