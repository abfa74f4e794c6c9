import { defineTool, type Tool } from 'assistants-react';
import type { ReactElement } from 'react';
import { functions, TOOL_DESK } from './toolDesk.js';

let tries = 0;

/** Runs at once. To look changes nothing, so that it may also run again after a reload. */
const forecast = defineTool({
  ...functions.forecast,
  run: 'auto',
  idempotent: true,
  async execute({ city, days }, { signal }) {
    await pause(800, signal);
    return Array.from({ length: days }, (_, day) => ({
      city,
      day: day + 1,
      high: 24 - day,
      low: 14 + day,
    }));
  },
});

/** Asks first, and where the arguments do not fit. */
const sendMail = defineTool({
  ...functions.send_mail,
  run: 'confirm',
  onInvalidArguments: 'ask',
  async execute({ to, subject }, { signal }) {
    await pause(1_200, signal);
    return { sent: true, to, subject };
  },
});

/** Waits for a person, who fills in a form. */
const reviewOffer = defineTool({
  ...functions.review_offer,
  run: 'human',
  output: {
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
          mail: { type: 'string', format: 'email', title: 'Mail' },
        },
      },
    },
    required: ['verdict'],
  },
});

/** Runs at once, and asks a question in the middle. */
const bookTable = defineTool({
  ...functions.book_table,
  run: 'auto',
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

/** Waits for a person, and draws itself. */
const pickSeat = defineTool({
  ...functions.pick_seat,
  run: 'human',
  output: { type: 'string' },
  render({ call, input, provide, deny }): ReactElement | null {
    if (call.state === 'streaming-args') return <p>Looking for seats…</p>;
    if (call.state !== 'needs-output') return 'output' in call ? <p>Seat {call.output}</p> : null;
    return (
      <fieldset className="seats">
        <legend>Where would you like to sit?</legend>
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

/** Asks first, and fails every other time. */
const flaky = defineTool({
  ...functions.flaky,
  run: 'confirm',
  execute() {
    tries += 1;
    if (tries % 2 === 1) throw new Error('The line is busy.');
    return 'It worked.';
  },
});

const TOOLS: readonly Tool[] = [forecast, sendMail, reviewOffer, bookTable, pickSeat, flaky];

/** What the page gives to the thread of an assistant: the functions that run here, and something to begin with. */
export function toolsOf(assistantName: string | null | undefined): {
  tools?: readonly Tool[];
  suggestions?: readonly string[];
} {
  if (assistantName !== TOOL_DESK) return {};
  return {
    tools: TOOLS,
    suggestions: [
      'A forecast, a mail and an offer, all side by side',
      'Book a table',
      'Pick a seat',
      'Something unreliable',
    ],
  };
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('Stopped.'));
    });
  });
}
