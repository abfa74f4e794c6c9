import type { ScriptedRule, ScriptedTurn } from 'assistants-react/backend';

/** Functions of the assistant, in the format of the API. */
export const functions = {
  forecast: {
    name: 'forecast',
    description: 'The weather of the next days in a city.',
    parameters: {
      type: 'object',
      properties: {
        city: { type: 'string', title: 'City' },
        days: { type: 'integer', minimum: 1, maximum: 5, title: 'Days' },
      },
      required: ['city', 'days'],
    },
  },
  call_office: {
    name: 'call_office',
    description: 'Calls the office. Fails every other time.',
    parameters: { type: 'object', properties: {} },
  },
} as const;

/** Body of createAssistant. */
export const assistant = {
  model: 'scripted',
  name: 'Weather desk',
  description: 'Calls functions that run in the page.',
  tools: Object.values(functions).map((definition) => ({
    type: 'function' as const,
    function: definition,
  })),
};

const inLisbon = { call: 'forecast', with: { city: 'Lisbon', days: 3 } };
const inOslo = { call: 'forecast', with: { city: 'Oslo', days: 2 } };

/** Rules of the scripted model, used here in place of a real one. */
export const script: readonly ScriptedRule[] = [
  { when: /\bboth\b|\bcompare\b/i, say: [inLisbon, inOslo], after: tellForecasts },
  { when: /\bforecast\b|\bweather\b/i, say: inLisbon, after: tellForecasts },
  {
    when: /\bcall\b|\boffice\b/i,
    say: { call: 'call_office' },
    after: ({ outputs }) => String(outputs[0]?.output),
  },
  { say: 'Ask me for a forecast, for two forecasts to compare, or to call the office.' },
];

function tellForecasts({ outputs }: ScriptedTurn): string {
  return outputs.map(({ output }) => tellForecast(output)).join('\n\n');
}

/** The user may have denied the call, or have written any output by hand. */
function tellForecast(output: string): string {
  if (!output.startsWith('[{')) return output;
  // Written by the handler in Example.tsx.
  const days = JSON.parse(output) as { city: string; day: number; high: number; low: number }[];
  const rows = days.map(({ day, high, low }) => `| ${day} | ${high} °C | ${low} °C |`);
  return `The next days in ${days[0]?.city}:\n\n| Day | High | Low |\n|--:|--:|--:|\n${rows.join('\n')}`;
}
