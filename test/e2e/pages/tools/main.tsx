import 'assistants-react/styles.css';
import {
  AssistantsProvider,
  createAssistantsClient,
  defineTool,
  ThreadView,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { SchemaForm } from 'assistants-react/schema-form';
import { createRoot } from 'react-dom/client';

/** Uses every kind of field, and a pattern on which a backtracking engine would hang. */
const review = defineTool({
  name: 'review',
  outputSchema: {
    type: 'object',
    properties: {
      code: { type: 'string', title: 'Code', pattern: '^(a+)+$' },
      price: { type: 'number', title: 'Price', minimum: 1 },
      verdict: { enum: ['yes', 'no'], title: 'Verdict' },
      terms: { type: 'array', title: 'Terms', items: { type: 'string' } },
      address: { $ref: '#/$defs/address' },
      payment: {
        title: 'Payment',
        oneOf: [
          {
            title: 'Card',
            type: 'object',
            properties: { number: { type: 'string', title: 'Number' } },
            required: ['number'],
          },
          {
            title: 'Invoice',
            type: 'object',
            properties: { company: { type: 'string', title: 'Company' } },
            required: ['company'],
          },
        ],
      },
    },
    required: ['code', 'verdict'],
    $defs: {
      address: {
        type: 'object',
        title: 'Address',
        properties: { city: { type: 'string', title: 'City' } },
      },
    },
  },
});

const model = scriptedModel(({ round, outputs }) =>
  round === 0
    ? { call: 'review', with: { offer: '40 chairs' } }
    : `I received ${outputs[0]?.output}.`,
);
const client = createAssistantsClient({ fetch: createBackend({ model }).fetch });
const assistant = await client.createAssistant({ body: { model: 'scripted' } });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has lost its #root element.');
createRoot(root).render(
  <AssistantsProvider client={client} components={{ SchemaForm }}>
    <ThreadView assistantId={assistant.id} tools={[review]} />
  </AssistantsProvider>,
);
