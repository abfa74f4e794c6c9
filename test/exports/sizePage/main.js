import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const client = createAssistantsClient();
const { data } = await client.listAssistants();
const thread = createElement(ThreadView, { assistantId: data[0]?.id ?? '' });
createRoot(document.getElementById('root') ?? document.body).render(createElement(AssistantsProvider, { client }, thread));
