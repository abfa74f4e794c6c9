import { defineTool } from 'assistants-react';
import { useState, type ReactElement } from 'react';
import { CalendarCheck, CloudSun, FileCheck, Mail } from 'lucide-react';
import { z } from 'zod';

/** Runs automatically: it only reads. */
export const getWeather = defineTool({
  name: 'get_weather',
  title: 'Look up the weather',
  icon: <CloudSun size={16} strokeWidth={1.5} />,
  description: 'The weather in a city, now.',
  idempotent: true,
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, degrees: 18, sky: 'clear' }),
});

/** Needs approval: a mail cannot be taken back. */
export const sendMail = defineTool({
  name: 'send_mail',
  title: 'Send an email',
  icon: <Mail size={16} strokeWidth={1.5} />,
  description: 'Sends an email on your behalf.',
  needsApproval: true,
  inputSchema: {
    type: 'object',
    properties: {
      to: { type: 'string', format: 'email', title: 'To' },
      subject: { type: 'string', title: 'Subject', minLength: 1 },
      urgent: { type: 'boolean', title: 'Urgent' },
    },
    required: ['to', 'subject'],
  },
  execute: ({ to }) => ({ sent: true, to }),
});

/** Has no handler: the user provides the output. */
export const reviewOffer = defineTool({
  name: 'review_offer',
  title: 'Review the offer',
  icon: <FileCheck size={16} strokeWidth={1.5} />,
  description: 'Lets the user judge an offer.',
  inputSchema: { type: 'object', properties: { offer: { type: 'string' } }, required: ['offer'] },
  outputSchema: {
    type: 'object',
    properties: {
      verdict: { enum: ['accept', 'decline', 'negotiate'], title: 'Verdict' },
      price: {
        type: 'number',
        title: 'Highest price',
        minimum: 1,
        description: 'In euros, for all of it.',
      },
      terms: { type: 'array', title: 'Terms', items: { type: 'string' } },
      contact: {
        type: 'object',
        title: 'Contact',
        properties: {
          name: { type: 'string', title: 'Name' },
          mail: { type: 'string', format: 'email', title: 'Email' },
        },
        required: ['name'],
      },
      payment: {
        title: 'Payment',
        oneOf: [
          {
            type: 'object',
            title: 'Transfer',
            properties: { iban: { type: 'string', title: 'IBAN' } },
            required: ['iban'],
          },
          {
            type: 'object',
            title: 'On delivery',
            properties: { cash: { type: 'boolean', title: 'In cash' } },
          },
        ],
      },
    },
    required: ['verdict', 'price'],
  },
});

/** Asks the user a question in the middle of the handler. */
export const bookTable = defineTool({
  name: 'book_table',
  title: 'Book a table',
  icon: <CalendarCheck size={16} strokeWidth={1.5} />,
  description: 'Books a table.',
  async execute(_, { ask }) {
    const { guests } = await ask(
      {
        type: 'object',
        properties: { guests: { type: 'integer', title: 'Guests', minimum: 1, default: 2 } },
        required: ['guests'],
      },
      'For how many?',
    );
    return `A table for ${guests} at eight.`;
  },
});

/** Renders its calls itself: buttons, and then the selected seat. */
export const pickSeat = defineTool({
  name: 'pick_seat',
  description: 'Lets the user pick a seat.',
  inputSchema: z.object({ seats: z.array(z.string()) }),
  outputSchema: z.string(),
  render: ({ call, input, provide }) => (
    <SeatChoice
      seats={input?.seats ?? []}
      isOpen={call.state === 'needs-output'}
      onPick={provide}
      output={'output' in call ? call.output : undefined}
    />
  ),
});

function SeatChoice({
  seats,
  isOpen,
  onPick,
  output,
}: {
  seats: string[];
  isOpen: boolean;
  onPick: (seat: string) => void;
  output: string | undefined;
}): ReactElement {
  const [picked, setPicked] = useState<string>();
  if (!isOpen) return <p>Seat: {output ?? picked ?? 'none yet'}</p>;
  return (
    <fieldset>
      <legend>Where would you like to sit?</legend>
      {seats.map((seat) => (
        <button
          key={seat}
          type="button"
          onClick={() => {
            setPicked(seat);
            onPick(seat);
          }}
        >
          {seat}
        </button>
      ))}
    </fieldset>
  );
}
