import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { MathMarkdown } from 'assistants-react/math';
import { SchemaForm } from 'assistants-react/schema-form';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'assistants-react/styles.css';
import './app.css';
import { App } from './App.js';

const client = createAssistantsClient({ baseUrl: '/v1', idempotencyKeys: true });
const queryClient = new QueryClient();

const root = document.getElementById('root');
if (root === null) throw new Error('app/index.html has lost its #root element.');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <AssistantsProvider
        client={client}
        components={{ CodeBlock: HighlightedCodeBlock, Markdown: MathMarkdown, SchemaForm }}
      >
        <App />
      </AssistantsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
