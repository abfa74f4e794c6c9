import { defineTool, type Tool } from 'assistants-react';
import { Armchair, CalendarCheck, CloudSun, FileCheck, Mail, Phone } from 'lucide-react';
import type { ReactElement } from 'react';
import { functions, TOOL_DESK } from './toolDesk.js';

/** Runs automatically. It only reads, so it may run again after a reload. */
const forecast = defineTool({
  ...toDefinition(functions.forecast),
  title: 'Look up the weather',
  icon: <CloudSun size={16} strokeWidth={1.5} />,
  idempotent: true,
  async execute({ city, days }, { signal }) {
    await sleep(800, signal);
    return Array.from({ length: days }, (_, day) => ({
      city,
      day: day + 1,
      high: 24 - day,
      low: 14 + day,
    }));
  },
});

/** Needs approval. The user can correct invalid arguments. */
const sendMail = defineTool({
  ...toDefinition(functions.send_mail),
  title: 'Send an email',
  icon: <Mail size={16} strokeWidth={1.5} />,
  needsApproval: true,
  onInvalidArguments: 'ask',
  async execute({ to, subject }, { signal }) {
    await sleep(1_200, signal);
    return { sent: true, to, subject };
  },
});

/** Has no handler: the user fills in a form. */
const reviewOffer = defineTool({
  ...toDefinition(functions.review_offer),
  title: 'Review the offer',
  icon: <FileCheck size={16} strokeWidth={1.5} />,
  outputSchema: {
    type: 'object',
    properties: {
      verdict: { enum: ['accept', 'decline', 'negotiate'], title: 'Verdict' },
      price: {
        type: 'number',
        minimum: 1,
        title: 'Highest price',
        description: 'In euros, for all of it.',
      },
      terms: { type: 'array', items: { type: 'string' }, title: 'Terms' },
      contact: {
        type: 'object',
        title: 'Contact',
        properties: {
          name: { type: 'string', title: 'Name' },
          mail: { type: 'string', format: 'email', title: 'Email' },
        },
      },
    },
    required: ['verdict'],
  },
});

/** Asks the user a question in the middle of the handler. */
const bookTable = defineTool({
  ...toDefinition(functions.book_table),
  title: 'Book a table',
  icon: <CalendarCheck size={16} strokeWidth={1.5} />,
  async execute({ restaurant }, { ask }) {
    const { guests } = await ask(
      {
        type: 'object',
        properties: { guests: { type: 'integer', minimum: 1, default: 2, title: 'Guests' } },
        required: ['guests'],
      },
      'For how many?',
    );
    return `A table for ${guests} at ${restaurant}, at eight.`;
  },
});

/** Has no handler, and renders its calls itself. */
const pickSeat = defineTool({
  ...toDefinition(functions.pick_seat),
  title: 'Pick a seat',
  icon: <Armchair size={16} strokeWidth={1.5} />,
  outputSchema: { type: 'string' },
  render({ call, input, provide, deny }): ReactElement | null {
    if (call.state === 'streaming-args') return <p>Looking for seats…</p>;
    if (call.state !== 'needs-output') return 'output' in call ? <p>Seat {call.output}</p> : null;
    return (
      <fieldset className="seats" aria-labelledby={`${call.id}-seats`}>
        <p id={`${call.id}-seats`}>Where would you like to sit?</p>
        {input?.seats.map((seat) => (
          <button key={seat} type="button" onClick={() => provide(seat)}>
            {seat}
          </button>
        ))}
        <button type="button" onClick={() => deny('None of these.')}>
          None of these
        </button>
      </fieldset>
    );
  },
});

let flakyRunCount = 0;

/** Needs approval, and fails every other time. */
const flaky = defineTool({
  ...toDefinition(functions.flaky),
  title: 'Call the busy line',
  icon: <Phone size={16} strokeWidth={1.5} />,
  needsApproval: true,
  execute() {
    flakyRunCount += 1;
    if (flakyRunCount % 2 === 1) throw new Error('The line is busy.');
    return 'It worked.';
  },
});

const TOOLS: readonly Tool[] = [forecast, sendMail, reviewOffer, bookTable, pickSeat, flaky];

/** Returns the tools of an assistant that run in this page. */
export function getTools(assistantName: string | null | undefined): readonly Tool[] {
  return assistantName === TOOL_DESK ? TOOLS : [];
}

/** Converts a function of the API to the definition of a tool. */
function toDefinition<Parameters>({
  name,
  description,
  parameters,
}: {
  name: string;
  description: string;
  parameters: Parameters;
}): { name: string; description: string; inputSchema: Parameters } {
  return { name, description, inputSchema: parameters };
}

/** Resolves after a delay in milliseconds. Rejects when the signal aborts. */
function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('The call was aborted.'));
    });
  });
}
