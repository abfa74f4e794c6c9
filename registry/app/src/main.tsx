import {
  createAssistantsClient,
  defineTool,
  toAssistantTools,
  type AssistantsClient,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { createRoot } from 'react-dom/client';
import { AssistantsProvider } from '@/components/assistants/assistants-provider';
import { Chat } from '@/components/assistants/chat';
import './app.css';

const reviewOffer = defineTool({
  name: 'review_offer',
  title: 'Review the offer',
  inputSchema: { type: 'object', properties: { item: { type: 'string' } } },
  outputSchema: {
    type: 'object',
    properties: {
      verdict: { title: 'Verdict', enum: ['accept', 'decline'] },
      price: { title: 'Price', type: 'number', minimum: 1 },
    },
    required: ['verdict', 'price'],
  },
});

const model = scriptedModel([
  {
    when: /offer/i,
    say: { call: 'review_offer', with: { item: 'Oak table', delivery: 'On Monday' } },
    after: 'Thank you. The offer is **reviewed**.',
  },
  { say: ({ text }) => `You said: ${text}\n\n\`\`\`ts\nconst answer = 42;\n\`\`\`` },
]);

const tools = [reviewOffer];

async function start(client: AssistantsClient): Promise<void> {
  const assistant = await client.createAssistant({
    body: { model: 'scripted', name: 'Demo', tools: toAssistantTools(tools) },
  });
  createRoot(document.getElementById('root') ?? document.body).render(
    <AssistantsProvider client={client}>
      <div className="h-dvh">
        <Chat
          assistantId={assistant.id}
          tools={tools}
          suggestions={['Show me the offer.', 'What can you do?']}
        />
      </div>
    </AssistantsProvider>,
  );
}

void start(createAssistantsClient({ fetch: createBackend({ model }).fetch }));
