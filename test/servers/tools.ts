import { defineTool } from 'assistants-react';

/** Functions that the assistant of the fixture servers calls. */
export const fixtureTools = [
  defineTool({
    name: 'get_weather',
    inputSchema: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
    } as const,
    execute: ({ city }) => `rain in ${city}`,
  }),
  defineTool({
    name: 'send_mail',
    needsApproval: true,
    inputSchema: {
      type: 'object',
      properties: { to: { type: 'string' } },
      required: ['to'],
    } as const,
    execute: ({ to }) => `sent to ${to}`,
  }),
];
