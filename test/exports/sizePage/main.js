import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const client = createAssistantsClient();
const root = createRoot(document.getElementById('root') ?? document.body);
// Not awaited at the top of a module: Vite would put what is shared into files of its own.
void client.listAssistants().then(({ data: [assistant] }) => {
  const thread = createElement(ThreadView, { assistantId: assistant?.id ?? '' });
  root.render(createElement(AssistantsProvider, { client }, thread));
});
