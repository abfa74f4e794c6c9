import { ComponentsProvider, ToolOutputForm, type ToolOutputResult } from 'assistants-react';
import { german } from 'assistants-react/languages/german';
import { SchemaForm } from 'assistants-react/schema-form';
import { render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { toolCall } from '../../stories/fixtures.js';

const trip = {
  type: 'object',
  properties: {
    name: { type: 'string', title: 'Traveller', minLength: 2, description: 'As in the passport.' },
    seats: { type: 'integer', minimum: 1, maximum: 9, default: 1 },
    seat: { enum: ['window', 'aisle'], title: 'Seat' },
    insured: { type: 'boolean', title: 'Insured' },
    mail: { type: 'string', format: 'email' },
    address: { $ref: '#/$defs/address' },
    stops: { type: 'array', items: { type: 'string' }, title: 'Stops' },
    extras: {
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', enum: ['meal', 'wifi'] },
      title: 'Extras',
    },
    payment: {
      title: 'Payment',
      oneOf: [
        {
          title: 'Card',
          type: 'object',
          properties: { number: { type: 'string' } },
          required: ['number'],
        },
        {
          title: 'Invoice',
          type: 'object',
          properties: { company: { type: 'string' } },
          required: ['company'],
        },
      ],
    },
  },
  required: ['name', 'seat'],
  $defs: {
    address: {
      type: 'object',
      title: 'Address',
      properties: { city: { type: 'string', title: 'City' } },
      required: ['city'],
    },
  },
};

/** The form for a schema, and what is submitted. */
function open(schema: object, draft?: unknown) {
  const results: ToolOutputResult[] = [];
  render(
    <ComponentsProvider components={{ SchemaForm }}>
      <ToolOutputForm
        call={toolCall()}
        schema={{ ...schema }}
        draft={draft === undefined ? undefined : { text: JSON.stringify(draft) }}
        onSubmit={(result) => void results.push(result)}
      />
    </ComponentsProvider>,
  );
  return {
    results,
    user: userEvent.setup(),
    submit: () => userEvent.click(screen.getByRole('button', { name: 'Submit result' })),
  };
}

test('fills a value in, nested, with lists, choices and defaults', async () => {
  const { results, user, submit } = open(trip);
  await user.type(screen.getByRole('textbox', { name: 'Traveller' }), 'Ann');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Seat' }), 'aisle');
  await user.click(screen.getByRole('checkbox', { name: 'Insured' }));
  await user.type(screen.getByRole('textbox', { name: /^City/ }), 'Rome');
  await user.click(screen.getByRole('button', { name: 'Add to Stops' }));
  await user.click(screen.getByRole('button', { name: 'Add to Stops' }));
  const stops = within(screen.getByRole('group', { name: /Stops/ }));
  await user.type(stops.getAllByRole('textbox')[0] ?? document.body, 'Milan');
  await user.type(stops.getAllByRole('textbox')[1] ?? document.body, 'Bern');
  await user.click(stops.getByRole('button', { name: 'Move 2 up' }));
  await user.click(screen.getByRole('checkbox', { name: 'wifi' }));
  await user.selectOptions(screen.getByRole('combobox', { name: /Payment/ }), 'Invoice');
  await user.type(screen.getByRole('textbox', { name: 'company' }), 'ACME');
  await submit();
  expect(results).toEqual([
    {
      value: {
        name: 'Ann',
        seats: 1,
        seat: 'aisle',
        insured: true,
        address: { city: 'Rome' },
        stops: ['Bern', 'Milan'],
        extras: ['wifi'],
        payment: { company: 'ACME' },
      },
    },
  ]);
});

test('says what is wrong at each field and in a list that links to them', async () => {
  const { results, user, submit } = open(trip, {
    name: 'A',
    seats: 10,
    mail: 'nobody',
    address: {},
    payment: { number: '1' },
  });
  expect(screen.queryByRole('alert', { name: /Check/ })).toBeNull();
  await submit();
  expect(results).toEqual([]);

  const list = screen.getByText('Check 5 fields').parentElement ?? document.body;
  expect(list).toHaveFocus();
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([
    'Traveller Use at least 2 characters.',
    'seats Not more than 9.',
    'Seat Fill this in.',
    'mail This is not in the expected format.',
    'address city Fill this in.',
  ]);
  const name = screen.getByRole('textbox', { name: 'Traveller' });
  expect(name).toBeInvalid();
  expect(name).toHaveAccessibleDescription('As in the passport. Use at least 2 characters.');
  await user.click(within(list).getByRole('link', { name: 'Traveller' }));
  expect(name).toHaveFocus();

  await user.type(name, 'nn');
  expect(name).toBeValid();
  expect(screen.getByText('Check 4 fields')).toBeInTheDocument();
});

test('shows what whoever takes the value found besides', async () => {
  render(
    <ComponentsProvider components={{ SchemaForm }}>
      <ToolOutputForm
        call={toolCall()}
        schema={{ type: 'object', properties: { city: { type: 'string' } } }}
        onSubmit={async () => [{ message: 'No such city.', path: ['city'] }]}
      />
    </ComponentsProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(screen.getByRole('textbox', { name: /city/ })).toHaveAccessibleDescription(
    'No such city.',
  );
});

test('JSON that is pasted fills the form', async () => {
  const { results, user, submit } = open(trip);
  await user.click(screen.getByRole('textbox', { name: 'Traveller' }));
  await user.paste('{"name":"Bob","seat":"window","seats":2}');
  expect(screen.getByRole('textbox', { name: 'Traveller' })).toHaveValue('Bob');
  await user.paste('by');
  await submit();
  expect(results).toEqual([
    { value: expect.objectContaining({ name: 'Bobby', seat: 'window', seats: 2 }) },
  ]);
});

test('goes over to JSON and back with what was filled in', async () => {
  const { user } = open({
    type: 'object',
    properties: { city: { type: 'string', title: 'City' } },
  });
  await user.type(screen.getByRole('textbox', { name: /^City/ }), 'Rome');
  await user.click(screen.getByRole('radio', { name: 'JSON' }));
  const json = screen.getByRole('textbox', { name: 'Result' });
  expect(json).toHaveValue('{\n  "city": "Rome"\n}');
  await user.clear(json);
  await user.type(json, '{{"city":"Bern"}');
  await user.click(screen.getByRole('radio', { name: 'Form' }));
  expect(screen.getByRole('textbox', { name: /^City/ })).toHaveValue('Bern');
});

test('submits with Control and Enter from a field, and not with Enter alone', async () => {
  const { results, user } = open({
    type: 'object',
    properties: { city: { type: 'string', title: 'City' } },
  });
  await user.type(screen.getByRole('textbox', { name: /^City/ }), 'Rome{Enter}');
  expect(results).toEqual([]);
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(results).toEqual([{ value: { city: 'Rome' } }]);
});

test.each([
  [{ type: 'string', title: 'Name' }, 'textbox', 'Ann', 'Ann'],
  [{ type: 'number', title: 'Price' }, 'spinbutton', '1.5', 1.5],
])('takes a value that is no object: %j', async (schema, role, typed, value) => {
  const { results, user, submit } = open(schema);
  await user.type(screen.getByRole(role), typed);
  await submit();
  expect(results).toEqual([{ value }]);
});

test.each([[{ $ref: '#/$defs/nowhere' }], [{ $ref: '#' }]])(
  'leaves %j, of which no form can be made, to JSON',
  async (schema) => {
    // React reports what a boundary has caught.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { results, user, submit } = open(schema);
    expect(screen.getByRole('radio', { name: 'JSON' })).toBeChecked();
    await user.type(screen.getByRole('textbox', { name: 'Result' }), '1');
    await submit();
    expect(results).toEqual([{ value: 1 }]);
  },
);

test.each([
  [{}],
  [true as unknown as object],
  [{ type: 'object' }],
  [{ type: 'string', pattern: '(' }],
  [{ type: 'array' }],
  [{ type: ['string', 'null'] }],
  [{ type: 'object', properties: { next: { $ref: '#' } } }],
  [{ type: 'object', additionalProperties: { type: 'number' } }],
  [{ allOf: [{ type: 'object', properties: { a: { type: 'string' } } }] }],
  [
    JSON.parse(
      '{"type":"object","properties":{"a":{"type":"integer"}},"if":{"properties":{"a":{"const":1}}},"then":{"properties":{"b":{}}}}',
    ) as object,
  ],
  [
    {
      type: 'object',
      properties: JSON.parse(
        '{"__proto__":{"type":"string"},"constructor":{"type":"string"}}',
      ) as object,
    },
  ],
])('draws %j without falling over', async (schema) => {
  const { submit } = open(schema);
  await submit();
  expect(screen.getByRole('form')).toBeInTheDocument();
});

test('speaks the language of the tree', async () => {
  render(
    <ComponentsProvider components={{ SchemaForm }} texts={german} locale="de">
      <ToolOutputForm
        call={toolCall()}
        schema={trip}
        draft={{ text: '{"name":"A","seat":"aisle"}' }}
        onSubmit={() => undefined}
      />
    </ComponentsProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Ergebnis abgeben' }));
  expect(screen.getByText('1 Feld prüfen')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Traveller' })).toHaveAccessibleDescription(
    /Mindestens 2 Zeichen/,
  );
});

test('asks for the entries of a list that have yet to be filled in', async () => {
  const { results, user, submit } = open({
    type: 'array',
    title: 'Stops',
    items: { type: 'string' },
  });
  await user.click(screen.getByRole('button', { name: 'Add to Stops' }));
  await submit();
  expect(results).toEqual([]);
  expect(screen.getByRole('textbox', { name: /Stops 1/ })).toHaveAccessibleDescription(
    'Fill this in.',
  );
});

test('holds a text against its pattern, also one that a browser would try for ever', async () => {
  const { results, user, submit } = open({
    type: 'object',
    properties: { code: { type: 'string', pattern: '^(a+)+$', title: 'Code' } },
  });
  const code = screen.getByRole('textbox', { name: /^Code/ });
  await user.click(code);
  await user.paste(`${'a'.repeat(5_000)}!`);
  await submit();
  // What matches patterns is fetched first, which on a busy machine takes its time.
  await waitFor(
    () => expect(code).toHaveAccessibleDescription('This is not in the expected form.'),
    { timeout: 10_000 },
  );
  await user.clear(code);
  await user.type(code, 'aaa');
  await submit();
  expect(results.at(-1)).toEqual({ value: { code: 'aaa' } });
});

test.each(['^(a+)+$', '^(?=(a+)+$)'])('draws fields whose names follow %s', async (pattern) => {
  const { submit } = open(
    { type: 'object', patternProperties: { [pattern]: { type: 'string' } } },
    { [`${'a'.repeat(3_000)}!`]: 'x' },
  );
  await submit();
  expect(screen.getByRole('form')).toBeInTheDocument();
});

test('draws a thousand fields, and shows what is wrong with each', async () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `field${index}`);
  const properties = Object.fromEntries(
    names.map((name) => [name, { type: 'string', minLength: 1 }]),
  );
  const { results, submit } = open({ type: 'object', properties, required: names });
  expect(screen.getAllByRole('textbox', { hidden: true })).toHaveLength(1_000);
  await submit();
  expect(results).toEqual([]);
  expect(screen.getByText('Check 1,000 fields')).toBeInTheDocument();
}, 30_000);

test('keeps the focus near when entries of a list come and go', async () => {
  const { user } = open({ type: 'array', title: 'Stops', items: { type: 'string' } });
  const add = screen.getByRole('button', { name: 'Add to Stops' });
  await user.click(add);
  expect(screen.getByRole('textbox', { name: /Stops 1/ })).toHaveFocus();
  await user.click(add);
  expect(screen.getByRole('textbox', { name: /Stops 2/ })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Remove 1' }));
  expect(screen.getByRole('textbox', { name: /Stops 1/ })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Remove 1' }));
  expect(add).toHaveFocus();
});
