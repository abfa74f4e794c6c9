import { ComponentsProvider, ToolOutputForm } from 'assistants-react';
import { german } from 'assistants-react/languages/german';
import { SchemaForm } from 'assistants-react/schema-form';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import { schemaFormModule } from '../../src/schemaForm/schemaFormModule.js';
import { toolCall } from '../../stories/fixtures.js';
import { createCallCounter } from '../createCallCounter.js';
import { renderForm } from './renderForm.js';

beforeAll(() => schemaFormModule.load());

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

/** Sets the text of a field at once. For tests that are not about typing. */
function fill(field: HTMLElement | undefined, text: string): void {
  fireEvent.change(field ?? document.body, { target: { value: text } });
}

test('submits a value with nested objects, arrays, enums, unions and defaults', async () => {
  const { results, user, submit } = renderForm(trip);
  fill(screen.getByRole('textbox', { name: 'Traveller' }), 'Ann');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Seat' }), 'aisle');
  await user.click(screen.getByRole('checkbox', { name: 'Insured' }));
  fill(screen.getByRole('textbox', { name: /^City/ }), 'Rome');
  const add = screen.getByRole('button', { name: 'Add to Stops' });
  await user.click(add);
  await user.click(add);
  const stops = within(screen.getByRole('group', { name: /Stops/ }));
  const [firstStop, secondStop] = stops.getAllByRole('textbox');
  fill(firstStop, 'Milan');
  fill(secondStop, 'Bern');
  await user.click(stops.getByRole('button', { name: 'Move 2 up' }));
  await user.click(screen.getByRole('checkbox', { name: 'wifi' }));
  await user.selectOptions(screen.getByRole('combobox', { name: /Payment/ }), 'Invoice');
  fill(screen.getByRole('textbox', { name: 'company' }), 'ACME');
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

test('shows problems at their fields and in a list of links', async () => {
  const { results, user, submit } = renderForm(trip, {
    value: {
      name: 'A',
      seats: 10,
      mail: 'not a mail',
      address: {},
      payment: { number: '1' },
    },
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
    'seats Must be at most 9.',
    'Seat Required.',
    'mail This is not in the expected format.',
    'address city Required.',
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

test('shows the issues that onSubmit resolves with', async () => {
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

test('fills in the form when JSON is pasted', async () => {
  const { results, user, submit } = renderForm(trip);
  await user.click(screen.getByRole('textbox', { name: 'Traveller' }));
  await user.paste('{"name":"Bob","seat":"window","seats":2}');
  expect(screen.getByRole('textbox', { name: 'Traveller' })).toHaveValue('Bob');
  await user.paste('by');
  await submit();
  expect(results).toEqual([
    { value: expect.objectContaining({ name: 'Bobby', seat: 'window', seats: 2 }) },
  ]);
});

test('keeps what was entered when JSON is pasted into a field, or fills in other fields', async () => {
  const { results, user, submit } = renderForm(trip);
  fill(screen.getByRole('textbox', { name: /^City/ }), 'Rome');
  const mail = screen.getByRole('textbox', { name: /^mail/ });
  for (const text of ['[1]', '{"a":1}']) {
    await user.clear(mail);
    await user.click(mail);
    await user.paste(text);
    expect(mail).toHaveValue(text);
  }
  await user.clear(mail);
  await user.paste('{"name":"Bob","seat":"window"}');
  await submit();
  expect(results).toEqual([
    { value: expect.objectContaining({ name: 'Bob', address: { city: 'Rome' } }) },
  ]);
});

test('keeps the value when the mode changes to JSON and back', async () => {
  const { user } = renderForm({
    type: 'object',
    properties: { city: { type: 'string', title: 'City' } },
  });
  fill(screen.getByRole('textbox', { name: /^City/ }), 'Rome');
  await user.click(screen.getByRole('radio', { name: 'JSON' }));
  const json = screen.getByRole('textbox', { name: 'Result' });
  expect(json).toHaveValue('{\n  "city": "Rome"\n}');
  fill(json, '{"city":"Bern"}');
  await user.click(screen.getByRole('radio', { name: 'Form' }));
  expect(screen.getByRole('textbox', { name: /^City/ })).toHaveValue('Bern');
});

test('submits with Ctrl+Enter from a field, but not with Enter', async () => {
  const { results, user } = renderForm({
    type: 'object',
    properties: { city: { type: 'string', title: 'City' } },
  });
  await user.type(screen.getByRole('textbox', { name: /^City/ }), 'Rome{Enter}');
  expect(results).toEqual([]);
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(results).toEqual([{ value: { city: 'Rome' } }]);
});

test('submits the name of a property that is being written', async () => {
  const { results, user } = renderForm({
    type: 'object',
    additionalProperties: { type: 'number' },
  });
  await user.click(screen.getByRole('button', { name: /^Add/ }));
  fill(screen.getByRole('spinbutton'), '2');
  const name = screen.getByRole('textbox', { name: 'Field name' });
  await user.clear(name);
  await user.type(name, 'pears{Control>}{Enter}{/Control}');
  expect(results).toEqual([{ value: { pears: 2 } }]);
});

test('renames and removes properties that the user adds', async () => {
  const { results, user, submit } = renderForm({
    type: 'object',
    additionalProperties: { type: 'number' },
  });
  const names = ['pears', 'plums'];
  for (const [index, name] of names.entries()) {
    await user.click(screen.getByRole('button', { name: /^Add/ }));
    fill(screen.getAllByRole('spinbutton')[index], String(index));
    const field = screen.getAllByRole('textbox', { name: 'Field name' })[index];
    fill(field, name);
    fireEvent.blur(field ?? document.body);
  }
  await user.click(screen.getByRole('button', { name: 'Remove pears' }));
  await submit();
  expect(results).toEqual([{ value: { plums: 1 } }]);
});

test.each([
  [{ type: 'string', title: 'Name' }, 'textbox', 'Ann', 'Ann'],
  [{ type: 'number', title: 'Price' }, 'spinbutton', '1.5', 1.5],
])('submits a value that is not an object: %j', async (schema, role, text, value) => {
  const { results, submit } = renderForm(schema);
  fill(screen.getByRole(role), text);
  await submit();
  expect(results).toEqual([{ value }]);
});

const list = <Value,>(length: number, create: (index: number) => Value): Value[] =>
  Array.from({ length }, (_, index) => create(index));
const text = { type: 'string' };
/** Creates definitions of which each refers to the next one. */
const createChain = (length: number, link: (next: object) => object): object => ({
  $ref: '#/$defs/d0',
  $defs: Object.fromEntries(
    list(length + 1, (index) => [
      `d${index}`,
      index === length ? text : link({ $ref: `#/$defs/d${index + 1}` }),
    ]),
  ),
});
const nest = (levels: number): object =>
  list(levels, () => 0).reduce<object>((inner) => ({ properties: { a: inner } }), text);
/** Creates definitions that refer to one another in a circle. */
const createCircle = (length: number, links: number, wrap: (next: object) => object): object => ({
  $ref: '#/$defs/d0',
  $defs: Object.fromEntries(
    list(length, (index) => [
      `d${index}`,
      {
        type: 'object',
        properties: Object.fromEntries(
          list(links, (link) => [`a${link}`, wrap({ $ref: `#/$defs/d${(index + 1) % length}` })]),
        ),
      },
    ]),
  ),
});
const invalid = 'No form can be created from this schema. Enter the value as JSON.';
const endless = 'The schema of this form refers to itself without end. Enter the value as JSON.';
const large = 'This form would be too large. Enter the value as JSON.';
const deep = 'This form would be nested too deeply. Enter the value as JSON.';

test.each<[string, object, string]>([
  ['a reference to nothing', { $ref: '#/$defs/nowhere' }, invalid],
  ['a title that is an object', { type: 'string', title: {} }, invalid],
  ['a reference to itself', { $ref: '#' }, endless],
  ['a union that begins with itself', { anyOf: [{ $ref: '#' }, text] }, endless],
  [
    'a union whose options contain itself',
    { anyOf: [{ properties: { a: { $ref: '#' } } }, { properties: { b: { $ref: '#' } } }] },
    endless,
  ],
  ['allOf below itself', { properties: { a: { allOf: [{ $ref: '#' }] } } }, endless],
  ['a tuple of itself', { type: 'array', items: [{ $ref: '#' }, text] }, endless],
  ['a tuple of itself in draft 2020-12', { prefixItems: [{ $ref: '#' }] }, endless],
  [
    'a property with a tuple of itself',
    { type: 'object', properties: { a: { type: 'array', items: [{ $ref: '#' }] } } },
    endless,
  ],
  ['items of itself', { type: 'array', minItems: 1, items: { $ref: '#' } }, endless],
  [
    'properties of properties that contain itself',
    { type: 'object', properties: { a: { type: 'object', properties: { b: { $ref: '#' } } } } },
    endless,
  ],
  ['a circle of four schemas with two links each', createCircle(4, 2, (next) => next), large],
  [
    'a circle of three schemas with lists of one another',
    createCircle(3, 4, (next) => ({ type: 'array', items: next })),
    large,
  ],
  [
    'a circle of three schemas with objects between them',
    createCircle(3, 2, (next) => ({ type: 'array', items: { properties: { a: next } } })),
    large,
  ],
  ['200 levels', nest(200), deep],
  ['a chain of 500 references', createChain(500, (next) => next), deep],
  [
    'properties that double',
    createChain(10, (next) => ({ properties: { a: next, b: next } })),
    large,
  ],
  ['allOf that doubles', createChain(14, (next) => ({ allOf: [next, next] })), large],
  ['a billion items', { type: 'array', minItems: 1e9, items: text }, large],
  ['a billion items as text', { type: 'array', minItems: '1e9', items: text }, large],
  ['a billion items without a schema', { type: 'array', minItems: 1e9 }, large],
  ['a billion items after a tuple', { type: 'array', minItems: 1e9, items: [text] }, large],
  ['100,000 options', { enum: list(100_000, (index) => index) }, large],
  ['a huge default', { type: 'array', items: text, default: list(100_000, () => 'a') }, large],
])('switches to JSON for %s, and says why', async (_, schema, reason) => {
  // React logs the errors that the boundary has caught.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  renderForm(schema);
  expect(screen.getByRole('radio', { name: 'JSON' })).toBeChecked();
  const field = screen.getByRole('textbox', { name: 'Result' });
  expect(field).toHaveAccessibleDescription(expect.stringContaining(reason));
  fill(field, '"kept"');
  // Trying the form again loses nothing.
  fireEvent.click(screen.getByRole('radio', { name: 'Form' }));
  fireEvent.click(screen.getByRole('radio', { name: 'JSON' }));
  expect(screen.getByRole('textbox', { name: 'Result' })).toHaveValue('"kept"');
  vi.restoreAllMocks();
});

const node = { $ref: '#/$defs/node' };

test.each([
  ['anyOf', [node, { type: 'null' }]],
  ['oneOf', [node, { type: 'null' }]],
  ['anyOf', [{ properties: { a: node } }, node, { type: 'null' }]],
  ['anyOf', [{ type: 'object', properties: { inner: node } }, { type: 'null' }]],
])('renders a form for a union that may end its recursion: %s %j', async (union, options) => {
  const { results, user, submit } = renderForm({
    ...node,
    $defs: {
      node: {
        type: 'object',
        required: ['name', 'next'],
        properties: {
          name: { type: 'string', title: 'Name' },
          next: { title: 'Next', [union]: options },
        },
      },
    },
  });
  fill(screen.getByRole('textbox', { name: 'Name' }), 'Ann');
  await submit();
  expect(results).toEqual([{ value: { name: 'Ann', next: null } }]);

  await user.selectOptions(screen.getByRole('combobox', { name: /Next/ }), '1');
  expect(screen.getAllByRole('textbox', { name: 'Name' })[0]).toHaveValue('Ann');
});

test('fills a form for a list of unknown length', async () => {
  const { results, user, submit } = renderForm({
    ...node,
    $defs: {
      node: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', title: 'Name' },
          next: { title: 'Next', anyOf: [node, { type: 'null' }] },
        },
      },
    },
  });
  await user.selectOptions(screen.getByRole('combobox', { name: /Next/ }), '1');
  const names = screen.getAllByRole('textbox', { name: 'Name' });
  names.forEach((field, index) => fill(field, `Name ${index}`));
  await submit();
  expect(results).toEqual([{ value: { name: 'Name 0', next: { name: 'Name 1', next: null } } }]);
});

test.each([
  ['without a value', undefined],
  ['with a value', { place: { country: 'CH' }, box: { number: '1' } }],
])('shows the keywords beside a reference %s', (_, value) => {
  const place = { type: 'object', properties: { country: text, city: text } };
  renderForm(
    {
      type: 'object',
      $defs: { place },
      properties: {
        place: { $ref: '#/$defs/place', title: 'Home', required: ['city'] },
        box: { $ref: '#/$defs/place', properties: { number: text } },
      },
    },
    { value },
  );
  expect(screen.getByRole('group', { name: /Home/ })).toBeVisible();
  expect(screen.getByRole('textbox', { name: /city/ })).toBeRequired();
  expect(screen.getByRole('textbox', { name: /country/ })).not.toBeRequired();
  expect(screen.getByRole('textbox', { name: /number/ })).toBeVisible();
});

test('renders a form for a deep value of a schema that contains lists of itself', () => {
  const value = list(12, () => 0).reduce<object>((inner) => ({ a0: [inner], a1: [], a2: [] }), {});
  const schema = createCircle(1, 3, (next) => ({ type: 'array', items: next }));
  const counter = createCallCounter();
  // Expanding the schema with each level of the value would take more than 3 ** 12 calls.
  expect(counter.count(() => renderForm(schema, { value }))).toBeLessThan(10_000_000);
  counter.stop();
  expect(screen.getByRole('radio', { name: 'Form' })).toBeChecked();
  expect(screen.getAllByRole('button', { name: /^Add to a1/ })).toHaveLength(13);
});

test('switches to JSON when the value gets too large for a form', async () => {
  const { results, submit } = renderForm({ type: 'array', items: text, title: 'Names' });
  await userEvent.click(screen.getByRole('button', { name: 'Add to Names' }));
  await userEvent.click(screen.getByRole('textbox', { name: /Names 1/ }));
  const value = list(20_000, String);
  await userEvent.paste(JSON.stringify(value));
  expect(screen.getByRole('textbox', { name: 'Result' })).toHaveAccessibleDescription(
    expect.stringContaining(large),
  );
  await submit();
  expect(results).toEqual([{ value }]);
});

test('suggests the options of a long enum', async () => {
  const { results, user, submit } = renderForm({
    type: 'object',
    required: ['city'],
    properties: { city: { title: 'City', enum: list(5_000, (index) => `City ${index}`) } },
  });
  const field = screen.getByRole('combobox', { name: 'City' });
  await user.click(field);
  await user.paste('city 499');
  const suggestions = [...document.querySelectorAll('datalist option')];
  expect(suggestions.map((option) => option.textContent)).toEqual([
    'City 499',
    ...list(10, (index) => `City 499${index}`),
  ]);
  await submit();
  expect(results).toEqual([]);
  expect(field).toHaveAccessibleDescription('Choose one of the values.');
  fill(field, 'City 4990');
  await submit();
  expect(results).toEqual([{ value: { city: 'City 4990' } }]);
});

test('accepts objects without properties that have the names of inherited members', async () => {
  const properties = JSON.parse(
    '{"hasOwnProperty":{"type":"string"},"constructor":{"type":"string"},"__proto__":{"type":"string"}}',
  ) as object;
  const { results, submit } = renderForm({ type: 'object', properties });
  await submit();
  expect(results).toEqual([{ value: {} }]);
});

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
])('renders %j without an error', async (schema) => {
  const { submit } = renderForm(schema);
  await submit();
  expect(screen.getByRole('form')).toBeInTheDocument();
});

test('shows the texts of the provider', async () => {
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

test('reports empty array items as missing', async () => {
  const { results, user, submit } = renderForm({
    type: 'array',
    title: 'Stops',
    items: { type: 'string' },
  });
  await user.click(screen.getByRole('button', { name: 'Add to Stops' }));
  await submit();
  expect(results).toEqual([]);
  expect(screen.getByRole('textbox', { name: /Stops 1/ })).toHaveAccessibleDescription('Required.');
});

test('validates a pattern on which the engine of the browser backtracks exponentially', async () => {
  const { results, user, submit } = renderForm({
    type: 'object',
    properties: { code: { type: 'string', pattern: '^(a+)+$', title: 'Code' } },
  });
  const code = screen.getByRole('textbox', { name: /^Code/ });
  await user.click(code);
  await user.paste(`${'a'.repeat(100)}!`);
  // The code that matches patterns is loaded lazily. Until then, the form accepts every text.
  await waitFor(async () => {
    await submit();
    expect(code).toHaveAccessibleDescription('This is not in the expected form.');
  });
  fill(code, 'aaa');
  await submit();
  expect(results.at(-1)).toEqual({ value: { code: 'aaa' } });
});

test.each(['^(a+)+$', '^(?=(a+)+$)'])('renders properties with the pattern %s', async (pattern) => {
  const { submit } = renderForm(
    { type: 'object', patternProperties: { [pattern]: { type: 'string' } } },
    { [`${'a'.repeat(100)}!`]: 'x' },
  );
  await submit();
  expect(screen.getByRole('form')).toBeInTheDocument();
});

test('renders a thousand fields with their problems', async () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `field${index}`);
  const properties = Object.fromEntries(
    names.map((name) => [name, { type: 'string', minLength: 1 }]),
  );
  const { results, submit } = renderForm({ type: 'object', properties, required: names });
  expect(screen.getAllByRole('textbox', { hidden: true })).toHaveLength(1_000);
  await submit();
  expect(results).toEqual([]);
  expect(screen.getByText('Check 1,000 fields')).toBeInTheDocument();
});

test('shows the problem of a new array item with the next submit, not at once', async () => {
  const { user, submit } = renderForm({
    type: 'object',
    properties: {
      name: { type: 'string', title: 'Name' },
      terms: { type: 'array', title: 'Terms', items: { type: 'string', minLength: 1 } },
    },
    required: ['name'],
  });
  await submit();
  const name = screen.getByRole('textbox', { name: 'Name' });
  expect(name).toHaveAccessibleDescription('Required.');
  await user.click(screen.getByRole('button', { name: 'Add to Terms' }));
  const [, term] = screen.getAllByRole('textbox');
  expect(term).toBeValid();
  expect(name).toBeInvalid();
  await submit();
  expect(term).toBeInvalid();
});

test('moves the focus to a new array item, and to the next one when an item is removed', async () => {
  const { user } = renderForm({ type: 'array', title: 'Stops', items: { type: 'string' } });
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

test('lists equal options without a warning of React', () => {
  const error = vi.spyOn(console, 'error');
  renderForm({
    type: 'object',
    properties: {
      seat: { enum: ['1', 1, 'aisle', 'aisle'] },
      extras: { type: 'array', uniqueItems: true, items: { enum: ['meal', 'meal', '1', 1] } },
      city: { title: 'City', enum: list(5_000, (index) => `City ${index % 200}`) },
    },
  });
  fill(screen.getByRole('combobox', { name: /^City/ }), 'City 1');
  expect(error).not.toHaveBeenCalled();
});

test.each([{ fixed: [1, 'x'] }, { fixed: null }, { fixed: 7 }])(
  'sends the only value that a field allows: $fixed',
  async ({ fixed }) => {
    const { results, submit } = renderForm({
      type: 'object',
      properties: { mode: { const: fixed }, name: { title: 'Name', type: 'string' } },
      required: ['mode'],
    });
    fill(screen.getByRole('textbox', { name: /^Name/ }), 'Ada');
    await submit();
    expect(results).toEqual([{ value: { mode: fixed, name: 'Ada' } }]);
  },
);

test('marks the required fields if they are the fewer ones, and otherwise the optional ones', () => {
  const getMarks = (required: string[]) => {
    const properties = { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } };
    const { container, unmount } = render(
      <ComponentsProvider components={{ SchemaForm }}>
        <ToolOutputForm
          call={toolCall()}
          schema={{ type: 'object', properties, required }}
          onSubmit={() => undefined}
        />
      </ComponentsProvider>,
    );
    const form = container.querySelector('[data-part="schema-form"]');
    const labels = [...(form?.querySelectorAll('label') ?? [])].map((label) => label.textContent);
    unmount();
    return labels;
  };
  expect(getMarks(['b'])).toEqual(['a', 'b (required)', 'c']);
  expect(getMarks(['a', 'b'])).toEqual(['a', 'b', 'c (optional)']);
  expect(getMarks([])).toEqual(['a (optional)', 'b (optional)', 'c (optional)']);
});
