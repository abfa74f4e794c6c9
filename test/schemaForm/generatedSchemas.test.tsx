import { fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { schemaFormModule } from '../../src/schemaForm/schemaFormModule.js';
import { createObject, fill, listProblems, renderForm, text } from './renderForm.js';

// Schemas as Pydantic, zod and the strict mode of OpenAI write them.

beforeAll(() => schemaFormModule.load());

const nothing = { type: 'null' };
const address = { ...createObject({ street: text }, ['street']), title: 'Address' };
const readOptions = (name: string) =>
  [...screen.getByRole<HTMLSelectElement>('combobox', { name }).options].map(({ label }) => label);

test.each([
  ['a constant', (kind: string) => ({ const: kind, type: 'string' })],
  ['a list of one choice', (kind: string) => ({ enum: [kind], type: 'string' })],
  ['a constant by default', (kind: string) => ({ const: kind, default: kind })],
])('fills in what tells the options of a union apart: %s', async (_, createKind) => {
  const createOption = (kind: string) => ({
    ...createObject({ kind: createKind(kind), name: text }, ['kind', 'name']),
    title: kind,
  });
  const { results, submit } = renderForm({
    $defs: { cat: createOption('cat'), dog: createOption('dog') },
    ...createObject({ pet: { oneOf: [{ $ref: '#/$defs/cat' }, { $ref: '#/$defs/dog' }] } }, [
      'pet',
    ]),
  });
  expect(readOptions('pet Kind')).toEqual(['cat', 'dog']);
  fill('name', 'Tom');
  await submit();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'pet Kind' }), 'dog');
  fill('name', 'Rex');
  await submit();
  expect(results).toEqual([
    { value: { pet: { kind: 'cat', name: 'Tom' } } },
    { value: { pet: { kind: 'dog', name: 'Rex' } } },
  ]);
});

test('names the options of a union after their constants', () => {
  const createOption = (kind: string) => createObject({ kind: { const: kind } }, ['kind']);
  renderForm(createObject({ pet: { anyOf: [createOption('cat'), createOption('dog')] } }));
  expect(readOptions('pet Kind')).toEqual(['cat', 'dog']);
});

test.each<[string, object]>([
  ['an object', { anyOf: [{ $ref: '#/$defs/Address' }, nothing] }],
  ['a list', { anyOf: [{ type: 'array', items: text }, nothing] }],
  ['an object by a list of types', { ...address, type: ['object', 'null'] }],
  ['a list by a list of types', { type: ['array', 'null'], items: text }],
])('submits null for a required property that may be null: %s', async (_, property) => {
  const { results, submit } = renderForm({
    $defs: { Address: address },
    ...createObject({ a: property }, ['a']),
  });
  const select = screen.getByRole('combobox');
  expect(select).toHaveDisplayValue('empty');
  await submit();
  await userEvent.selectOptions(select, '0');
  await userEvent.selectOptions(select, '1');
  await submit();
  expect(results).toEqual([{ value: { a: null } }, { value: { a: null } }]);
});

test.each([{ type: ['boolean', 'null'] }, { anyOf: [{ type: 'boolean' }, nothing] }])(
  'offers three choices for a boolean that may be null: %j',
  async (property) => {
    const { results, submit } = renderForm(createObject({ a: property }, ['a']));
    expect(readOptions('a')).toEqual(['yes', 'no', 'empty']);
    await submit();
    await userEvent.selectOptions(screen.getByRole('combobox'), 'no');
    await submit();
    expect(results).toEqual([{ value: { a: null } }, { value: { a: false } }]);
  },
);

test('offers the choices of a definition that may be null under the name of the property', async () => {
  const { results, submit } = renderForm({
    $defs: { Color: { enum: ['red', 'blue'], title: 'Color', type: 'string' } },
    ...createObject({ wall: { anyOf: [{ $ref: '#/$defs/Color' }, nothing], default: null } }, [
      'wall',
    ]),
  });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'wall' }), 'blue');
  await submit();
  expect(results).toEqual([{ value: { wall: 'blue' } }]);
});

test('lets the user choose one of several types', async () => {
  const { results, submit } = renderForm(
    createObject({ a: { type: ['string', 'integer'] } }, ['a']),
  );
  await userEvent.selectOptions(screen.getByRole('combobox'), 'integer');
  fireEvent.change(screen.getByRole('spinbutton'), { target: { value: '7' } });
  await submit();
  expect(results).toEqual([{ value: { a: 7 } }]);
});

test('offers constants of several types as choices, and selects none', async () => {
  const { results, submit } = renderForm(
    createObject({ a: { anyOf: [{ const: 'x' }, { const: 2 }] } }, ['a']),
  );
  expect(readOptions('a')).toEqual(['Choose', 'x', '2']);
  await userEvent.selectOptions(screen.getByRole('combobox'), '2');
  await submit();
  expect(results).toEqual([{ value: { a: 2 } }]);
});

test('lets the user add members to an object whose schema names none', async () => {
  const { results, submit } = renderForm(createObject({ labels: { type: 'object' } }, ['labels']));
  await userEvent.click(screen.getByRole('button', { name: 'Add to labels' }));
  await userEvent.keyboard('env');
  await userEvent.tab();
  fill('env', 'test');
  await submit();
  expect(results).toEqual([{ value: { labels: { env: 'test' } } }]);
});

test('leaves out defaults that the schema does not accept', async () => {
  const { results, submit } = renderForm(
    createObject({
      text: { ...text, default: null },
      number: { type: 'integer', default: 'many' },
      choice: { enum: ['a'], default: 'z' },
      flag: { type: 'boolean', default: 'yes' },
    }),
  );
  await submit();
  expect(results).toEqual([{ value: {} }]);
});

test('renders no field for a property that must not exist', async () => {
  const { results, submit } = renderForm(createObject({ a: text, b: false }));
  expect(screen.queryByText(/^b\b/)).not.toBeInTheDocument();
  fill('a (optional)', 'x');
  await submit();
  expect(results).toEqual([{ value: { a: 'x' } }]);
});

test.each(['__proto__', ''])('asks for JSON for a property named %j', async (name) => {
  renderForm(createObject(Object.fromEntries([[name, text]]), [name]));
  expect(await screen.findByText(/No form can be created/)).toBeInTheDocument();
});

test('reports what is missing in a branch, but not the branch', async () => {
  const { submit } = renderForm({
    ...createObject({ country: text }),
    if: { properties: { country: { const: 'US' } }, required: ['country'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { properties: { zip: text }, required: ['zip'] },
  });
  fill('country (optional)', 'US');
  await submit();
  expect(listProblems()).toEqual(['zip Required.']);
});

test('shows values that their input cannot show as text', () => {
  renderForm(
    createObject({
      time: { ...text, format: 'time' },
      day: { ...text, format: 'date' },
      start: { ...text, format: 'date-time' },
      count: { type: 'integer' },
    }),
    { value: { time: '10:00:00+02:00', day: 'tomorrow', start: 'at noon', count: 'many' } },
  );
  expect(screen.getAllByRole('textbox').map((field) => field.getAttribute('value'))).toEqual([
    '10:00:00+02:00',
    'tomorrow',
    'at noon',
    'many',
  ]);
});

test.each([{ maxLength: 100 }, { pattern: '^one' }, { format: 'markdown' }])(
  'keeps the lines of a value: %j',
  async (keywords) => {
    const { results, submit } = renderForm(createObject({ a: { ...text, ...keywords } }, ['a']), {
      value: { a: 'one\ntwo' },
    });
    await userEvent.type(screen.getByLabelText('a'), '{Enter}three');
    await submit();
    expect(results).toEqual([{ value: { a: 'one\ntwo\nthree' } }]);
  },
);

test('names properties of one type by their names', async () => {
  const address = { $ref: '#/$defs/Address' };
  const { results, submit } = renderForm({
    ...createObject({
      home: address,
      work: address,
      other: { ...address, title: 'Other address' },
    }),
    $defs: { Address: { title: 'Address', ...createObject({ city: { ...text, title: 'City' } }) } },
  });
  const legends = [...document.querySelectorAll('[data-part="schema-group"] > legend')];
  expect(legends.map((legend) => legend.textContent)).toEqual([
    'home (optional)',
    'work (optional)',
    'Other address (optional)',
  ]);
  fireEvent.change(screen.getAllByLabelText(/City/)[1] ?? document.body, {
    target: { value: 'Rome' },
  });
  await submit();
  expect(results).toEqual([{ value: { work: { city: 'Rome' } } }]);
});

test('corrects a number that was given as a text', async () => {
  const { results, submit } = renderForm(createObject({ n: { type: 'integer' } }, ['n']), {
    value: { n: 'many' },
  });
  await submit();
  expect(listProblems()).toEqual(['n This is not the right kind of value.']);
  fill('n', '3');
  await submit();
  expect(results).toEqual([{ value: { n: 3 } }]);
});

test('accepts a time without a zone', async () => {
  const { results, submit } = renderForm(createObject({ at: { ...text, format: 'time' } }, ['at']));
  fill('at', '10:30');
  await submit();
  expect(results).toEqual([{ value: { at: '10:30:00' } }]);
});

test('renders a number that may be null as a number', () => {
  renderForm(createObject({ n: { type: ['integer', 'null'] } }, ['n']));
  expect(screen.getByRole('spinbutton', { name: 'n' })).toBeInTheDocument();
});

test('reports a text that is none of many choices', async () => {
  const choices = Array.from({ length: 300 }, (_, index) => `Option ${index}`);
  const { results, submit } = renderForm(createObject({ a: { enum: choices } }));
  fill('a (optional)', 'Opt');
  await submit();
  expect(results).toEqual([]);
  expect(listProblems()).toEqual(['a Choose one of the values.']);
  expect(screen.getByRole('combobox')).toHaveValue('Opt');
});

test.each<[string, object, unknown]>([
  ['a text that may be null', { type: ['string', 'null'] }, null],
  ['a boolean', { type: 'boolean' }, false],
])('labels an answer of one control, and submits it: %s', async (_, schema, value) => {
  const { results, submit } = renderForm(schema, { question: 'Which?' });
  expect(screen.getByLabelText('Answer', { selector: 'textarea, input' })).toBeInTheDocument();
  await submit();
  expect(results).toEqual([{ value }]);
});

test('describes fields whose names contain spaces', async () => {
  const { submit } = renderForm(
    createObject({ 'full name': { ...text, description: 'As in the passport.' } }, ['full name']),
  );
  await submit();
  expect(screen.getByLabelText('full name')).toHaveAccessibleDescription(
    'As in the passport. Required.',
  );
});
