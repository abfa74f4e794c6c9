import { QueryClientProvider } from '@tanstack/react-query';
import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { MathMarkdown } from 'assistants-react/math';
import { SchemaForm } from 'assistants-react/schema-form';
import { StrictMode, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'assistants-react/styles.css';
import './app.css';
import { App } from './App.js';
import { createQueryClient } from './createQueryClient.js';
import type { Connection } from './server/connectPage.js';
import { LabelsContext } from './labels/Labels.js';
import { registerServiceWorker } from './offline/registerServiceWorker.js';
import { useLook } from './useLook.js';

const components = { CodeBlock: HighlightedCodeBlock, Markdown: MathMarkdown, SchemaForm };
const queryClient = createQueryClient();

/** Connects to the backend in the page in the static build, and to the server at `/v1` otherwise. */
async function connect(): Promise<Connection> {
  if (import.meta.env.MODE === 'static') {
    registerServiceWorker();
    return (await import('./server/connectPage.js')).connectPage();
  }
  return { client: createAssistantsClient({ baseUrl: '/v1', idempotencyKeys: true }) };
}

function Playground({ client, storageProblem }: Connection): ReactElement {
  const { language, ...look } = useLook();
  const { labels, ...libraryLanguage } = language;
  return (
    <AssistantsProvider client={client} components={components} {...libraryLanguage}>
      <LabelsContext value={labels}>
        <App look={look} storageProblem={storageProblem} />
      </LabelsContext>
    </AssistantsProvider>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('app/index.html has lost its #root element.');

const connection = await connect();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Playground {...connection} />
    </QueryClientProvider>
  </StrictMode>,
);
