import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import 'assistants-react/styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './app.css';

const client = createAssistantsClient({ baseUrl: '/v1' });

createRoot(document.getElementById('root') ?? document.body).render(
  <AssistantsProvider client={client}>
    <App />
  </AssistantsProvider>,
);
