import { defineTool, Thread, ThreadView, type ThreadViewProps } from 'assistants-react';
import { Armchair, CalendarCheck, FileCheck } from 'lucide-react';
import { functions } from './assistant.js';

/** Has no handler: the user fills in a form that is made from the schema. */
const reviewOffer = defineTool({
  name: 'review_offer',
  title: 'Review the offer',
  icon: <FileCheck size={16} />,
  inputSchema: functions.review_offer.parameters,
  outputSchema: {
    type: 'object',
    properties: {
      verdict: { enum: ['accept', 'decline', 'negotiate'], title: 'Verdict' },
      price: { type: 'number', minimum: 1, title: 'Highest price' },
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
  name: 'book_table',
  title: 'Book a table',
  icon: <CalendarCheck size={16} />,
  inputSchema: functions.book_table.parameters,
  async execute({ restaurant }, { ask }) {
    const { guests } = await ask(
      {
        type: 'object',
        properties: { guests: { type: 'integer', minimum: 1, default: 2, title: 'Guests' } },
        required: ['guests'],
      },
      'For how many?',
    );
    return `Booked: a table for ${guests} at ${restaurant}, at eight.`;
  },
});

/** Has no handler, and renders its calls itself. */
const pickSeat = defineTool({
  name: 'pick_seat',
  title: 'Pick a seat',
  icon: <Armchair size={16} />,
  inputSchema: functions.pick_seat.parameters,
  outputSchema: { type: 'string' },
  render({ call, input, provide, deny }) {
    if (call.state === 'streaming-args') return <p>Looking for seats…</p>;
    if (call.state !== 'needs-output') return 'output' in call ? <p>{call.output}</p> : null;
    return (
      <fieldset className="seats" aria-labelledby={`${call.id}-seats`}>
        <p id={`${call.id}-seats`}>Where would you like to sit?</p>
        {input?.seats.map((seat) => (
          <button key={seat} type="button" onClick={() => provide(`Seat ${seat} is yours.`)}>
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

export const tools = [reviewOffer, bookTable, pickSeat];

/** Function calls that the user answers: with a form, a question, or a component of the app. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
      tools={tools}
      empty={
        <Thread.Empty
          heading="Forms from a schema"
          description="A tool without a handler is answered by the user. Its form comes from the JSON Schema of the output, or from a component of yours."
          suggestions={[
            { title: 'A form', text: 'Review an offer' },
            { title: 'A question', text: 'Book a table' },
            { title: 'Your own component', text: 'Pick a seat' },
            { title: 'Several at once', text: 'Ask me all at once' },
          ]}
        />
      }
    />
  );
}
