import { defineTool, Thread, ThreadView, type ThreadViewProps } from 'assistants-react';
import { CloudSun, Phone } from 'lucide-react';
import { functions } from './assistant.js';

/** Runs when the assistant calls it. It only reads, so it may run again after a reload. */
const forecast = defineTool({
  name: 'forecast',
  title: 'Look up the weather',
  icon: <CloudSun size={16} />,
  description: functions.forecast.description,
  inputSchema: functions.forecast.parameters,
  idempotent: true,
  execute: async ({ city, days }) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    return Array.from({ length: days }, (_, day) => ({
      city,
      day: day + 1,
      high: 24 - day,
      low: 14 + day,
    }));
  },
});

let attempts = 0;

/** Fails every other time. The assistant learns the reason, and the line of the call shows it. */
const callOffice = defineTool({
  name: 'call_office',
  title: 'Call the office',
  icon: <Phone size={16} />,
  execute() {
    attempts += 1;
    if (attempts % 2 === 1) throw new Error('The line is busy.');
    return 'The office is open until six.';
  },
});

export const tools = [forecast, callOffice];

/** Functions that run in the page. Their calls stay in the thread, where they happened. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
      tools={tools}
      empty={
        <Thread.Empty
          heading="Functions that run in the page"
          description="defineTool gives a function a schema and a handler. Arguments are validated before it runs, and a call runs once, also if the page reloads."
          suggestions={[
            { title: 'One call', text: 'Show me the forecast' },
            { title: 'Two calls at once', text: 'Compare both cities' },
            { title: 'A failing call', text: 'Call the office' },
          ]}
        />
      }
    />
  );
}
