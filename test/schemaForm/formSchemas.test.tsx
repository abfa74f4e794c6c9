import { fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { schemaFormModule } from '../../src/schemaForm/schemaFormModule.js';
import { toFormSchema } from '../../src/schemaForm/toFormSchema.js';
import { createObject, fill, listProblems, renderForm, text } from './renderForm.js';

beforeAll(() => schemaFormModule.load());

test.each<[string, object, object]>([
  ['a text that may be null', { type: ['string', 'null'] }, { a: null }],
  ['an option without a type', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, { a: null }],
  [
    'a choice that may be null',
    { oneOf: [{ ...text, enum: ['x'] }, { type: 'null' }] },
    { a: null },
  ],
  ['a constant', { const: 'fixed' }, { a: 'fixed' }],
])('submits a required property that was not filled in: %s', async (_, property, value) => {
  const { results, submit } = renderForm(createObject({ a: property }, ['a']));
  await submit();
  expect(results).toEqual([{ value }]);
});

test('submits null when a required property that may be null is emptied', async () => {
  const { results, submit } = renderForm(createObject({ a: { type: ['string', 'null'] } }, ['a']));
  fill('a', 'x');
  fill('a', '');
  await submit();
  expect(results).toEqual([{ value: { a: null } }]);
});

test.each<[string, object]>([
  ['a text', text],
  ['a number that may be null', { anyOf: [{ type: 'number' }, { type: 'null' }] }],
  ['constants with titles', { oneOf: [{ const: 'a', title: 'A' }, { const: 'b' }] }],
  ['constants as anyOf', { anyOf: [{ const: 1 }, { const: 2 }] }],
  ['a tuple', { type: 'array', prefixItems: [text, { type: 'number' }], minItems: 2 }],
  ['a tuple of draft 7', { type: 'array', items: [text, { type: 'number' }] }],
  ['a list with a minimum', { type: 'array', items: text, minItems: 1 }],
  ['a color', { type: 'string', format: 'color' }],
  ['any value', {}],
])('leaves out an optional property that was not filled in: %s', async (_, property) => {
  const { results, submit } = renderForm(createObject({ a: property }));
  await submit();
  expect(results).toEqual([{ value: {} }]);
});

test('offers constants as choices', async () => {
  const { results, submit } = renderForm(
    createObject({
      a: {
        oneOf: [
          { const: 'a', title: 'Alpha' },
          { const: 'b', title: 'Beta' },
        ],
      },
    }),
  );
  await userEvent.selectOptions(screen.getByRole('combobox'), 'Beta');
  await submit();
  expect(results).toEqual([{ value: { a: 'b' } }]);
});

test('renders a tuple of draft 2020-12 with a field for each item', async () => {
  const { results, submit } = renderForm(
    createObject({ a: { type: 'array', prefixItems: [text, { type: 'integer' }], items: false } }),
  );
  fill('a 1', 'x');
  fill('a 2', '2');
  expect(screen.queryByRole('button', { name: /^Add/ })).not.toBeInTheDocument();
  await submit();
  expect(results).toEqual([{ value: { a: ['x', 2] } }]);
});

test('shows fields that depend on others', async () => {
  const { results, submit } = renderForm({
    type: 'object',
    properties: { card: { type: 'number' } },
    dependentRequired: { card: ['zip'] },
    dependentSchemas: { card: { properties: { zip: text } } },
  });
  expect(screen.queryByLabelText('zip')).not.toBeInTheDocument();
  fill('card (optional)', '1');
  await submit();
  expect(listProblems()).toEqual(['zip Required.']);
  fill('zip', '10115');
  await submit();
  expect(results).toEqual([{ value: { card: 1, zip: '10115' } }]);
});

test.each([{}, true, { description: 'Anything.' }])(
  'lets the user choose the type of a value of any type: %j',
  async (property) => {
    const { results, submit } = renderForm(createObject({ payload: property }));
    await userEvent.selectOptions(screen.getByRole('combobox'), 'number');
    fireEvent.change(screen.getByRole('spinbutton'), { target: { value: '7' } });
    await submit();
    expect(results).toEqual([{ value: { payload: 7 } }]);
  },
);

test('asks for JSON where a form would be empty', () => {
  renderForm({});
  expect(screen.queryByRole('radio', { name: 'Form' })).not.toBeInTheDocument();
  expect(screen.getByRole('radio', { name: 'JSON' })).toBeChecked();
});

test('starts an added property without a value, with its name selected', async () => {
  const { results, submit } = renderForm({ type: 'object', additionalProperties: text });
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByRole('textbox', { name: 'Field name' })).toHaveFocus();
  await userEvent.keyboard('pears');
  await userEvent.tab();
  expect(screen.getByLabelText('pears')).toHaveValue('');
  await submit();
  expect(results).toEqual([{ value: { pears: '' } }]);
});

test('shows the problem of an added property at its name', async () => {
  const { submit } = renderForm({
    type: 'object',
    patternProperties: { '^x': text },
    additionalProperties: false,
  });
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await submit();
  expect(listProblems()).toEqual(['newKey This field is not expected.']);
});

test('keeps the names of properties with points and numbers', async () => {
  const { submit } = renderForm(
    createObject({ 'a.b': { ...text, minLength: 3 }, 'x-1': text }, ['a.b']),
  );
  expect(screen.getByText('x-1')).toBeInTheDocument();
  fill('a.b', 'no');
  await submit();
  expect(screen.getByLabelText('a.b')).toHaveAccessibleDescription(/3/);
});

test('shows the problems of the option that was chosen', async () => {
  const createOption = (kind: string) => ({
    title: kind,
    properties: { kind: { const: kind }, [`${kind}Name`]: text },
    required: ['kind', `${kind}Name`],
  });
  const { results, submit } = renderForm({
    type: 'object',
    oneOf: [createOption('city'), createOption('country')],
  });
  await userEvent.selectOptions(screen.getByRole('combobox'), 'country');
  expect(screen.getByLabelText('kind')).toBeDisabled();
  await submit();
  expect(listProblems()).toEqual(['countryName Required.']);
  fill('countryName', 'Peru');
  await submit();
  expect(results).toEqual([{ value: { kind: 'country', countryName: 'Peru' } }]);
});

test('keeps the lines of a text', async () => {
  const { results, submit } = renderForm(createObject({ a: text }, ['a']));
  const field = screen.getByLabelText('a');
  await userEvent.click(field);
  await userEvent.paste('one\ntwo');
  await userEvent.keyboard('{Enter}three');
  await submit();
  expect(results).toEqual([{ value: { a: 'one\ntwo\nthree' } }]);
});

test('starts a new line with Shift+Enter, but with Enter only below another line', async () => {
  const { results, submit } = renderForm(createObject({ a: text }, ['a']));
  await userEvent.type(screen.getByLabelText('a'), 'one{Enter}{Shift>}{Enter}{/Shift}{Enter}two');
  await submit();
  expect(results).toEqual([{ value: { a: 'one\n\ntwo' } }]);
});

test.each<[string, object, object]>([
  [
    'data that looks like a schema',
    { const: { prefixItems: [true] }, enum: [{ anyOf: [{}] }], examples: [{}] },
    { const: { prefixItems: [true] }, enum: [{ anyOf: [{}] }], examples: [{}] },
  ],
  [
    'unions of other schemas',
    { anyOf: [{ $ref: '#/$defs/a' }, { type: 'null' }] },
    { anyOf: [{ $ref: '#/$defs/a' }, { type: 'null', title: 'null', default: null }] },
  ],
  [
    'keywords with values of a wrong type',
    { properties: [1], anyOf: 'x', prefixItems: 'y', dependentRequired: 7 },
    { properties: [1], anyOf: 'x', prefixItems: 'y', dependentRequired: 7 },
  ],
])('converts %s', (_, schema, converted) => {
  expect(toFormSchema({ ...schema })).toEqual(converted);
});
