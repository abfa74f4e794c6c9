import { defineTool } from 'assistants-react';

const getWeather = defineTool({
  name: 'get_weather',
  title: 'Look up the weather',
  description: 'The weather in a city, now.',
  inputSchema: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  },
  // The user decides on each call, or allows the tool for good.
  needsApproval: true,
  execute: async ({ city }) => ({ city, celsius: 21, sky: 'clear' }),
});

export const tools = [getWeather];
