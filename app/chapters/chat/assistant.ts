/** Body of createAssistant. */
export const assistant = {
  model: 'scripted',
  name: 'Demo assistant',
  description: 'Answers from a script, without a key or a network.',
  tools: [
    { type: 'file_search' as const },
    {
      type: 'function' as const,
      function: {
        name: 'get_weather',
        description: 'The weather in a city, now.',
        parameters: {
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
        },
      },
    },
  ],
};

/** No rules: the scripted model plays its demo, in place of a real model. */
export const script = undefined;
