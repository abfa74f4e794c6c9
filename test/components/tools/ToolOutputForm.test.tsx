import {
  ArgumentsTable,
  ToolOutputForm,
  ToolResult,
  type ToolOutputResult,
} from 'assistants-react';
import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { toolCall } from '../../../stories/fixtures.js';
import { noop } from '../noop.js';

afterEach(() => vi.unstubAllGlobals());

const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Result' });
const schema = { type: 'object', properties: { high: { type: 'number' } }, required: ['high'] };

/** Collects the submitted outputs. */
function collectResults() {
  const results: ToolOutputResult[] = [];
  return { results, onSubmit: (result: ToolOutputResult) => void results.push(result) };
}

test('submits text unchanged', async () => {
  const { results, onSubmit } = collectResults();
  render(<ToolOutputForm call={toolCall()} onSubmit={onSubmit} />);
  await userEvent.type(field(), ' 20 degrees ');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(results).toEqual([{ text: ' 20 degrees ' }]);
});

test('takes null for no schema', async () => {
  const { results, onSubmit } = collectResults();
  render(<ToolOutputForm call={toolCall()} schema={null} onSubmit={onSubmit} />);
  await userEvent.type(field(), 'rain');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(results).toEqual([{ text: 'rain' }]);
});

test('does not submit malformed JSON, describes the field with the error and focuses it', async () => {
  const { results, onSubmit } = collectResults();
  render(
    <ToolOutputForm call={toolCall()} draft={{ mode: 'json', text: '{' }} onSubmit={onSubmit} />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(results).toEqual([]);
  expect(field()).toBeInvalid();
  expect(field()).toHaveAccessibleDescription(/not valid JSON/);
  expect(field()).toHaveFocus();
  await userEvent.type(field(), '}');
  expect(field()).toBeValid();
});

test('submits JSON as a value with a schema, and as text without one', async () => {
  const { results, onSubmit } = collectResults();
  const { unmount } = render(
    <ToolOutputForm
      call={toolCall()}
      draft={{ mode: 'json', text: '{ "high": 1.0 }' }}
      onSubmit={onSubmit}
    />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  unmount();
  render(
    <ToolOutputForm
      call={toolCall()}
      schema={schema}
      draft={{ mode: 'json', text: '{ "high": 1.0 }' }}
      onSubmit={onSubmit}
    />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(results).toEqual([{ text: '{ "high": 1.0 }' }, { value: { high: 1 } }]);
});

test('shows an error at its field until the value changes', async () => {
  const issues = async () => [{ message: 'Too hot.', path: ['high'] }];
  render(
    <ToolOutputForm
      call={toolCall()}
      schema={schema}
      draft={{ text: '{"high":99}' }}
      onSubmit={issues}
    />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(field()).toHaveAccessibleDescription(/high: Too hot\./);
  expect(field()).toHaveFocus();
  await userEvent.type(field(), ' ');
  expect(field()).toBeValid();
});

test('says why a result was not taken, and takes it again', async () => {
  const results: ToolOutputResult[] = [];
  const onSubmit = vi
    .fn<(result: ToolOutputResult) => Promise<void>>()
    .mockRejectedValueOnce(new Error('No connection.'))
    .mockImplementation(async (result) => void results.push(result));
  render(<ToolOutputForm call={toolCall()} onSubmit={onSubmit} />);
  await userEvent.type(field(), 'rain');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(field()).toHaveAccessibleDescription('No connection.');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(results).toEqual([{ text: 'rain' }]);
  expect(field()).toBeValid();
});

test('starts with JSON if there is a schema, and still offers text', async () => {
  const { results, onSubmit } = collectResults();
  render(<ToolOutputForm call={toolCall()} schema={schema} onSubmit={onSubmit} />);
  expect(screen.getByRole('radio', { name: 'JSON' })).toBeChecked();
  await userEvent.click(screen.getByRole('radio', { name: 'Text' }));
  await userEvent.type(field(), 'No idea.');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(results).toEqual([{ text: 'No idea.' }]);
});

test('keeps the text when the mode changes', async () => {
  render(<ToolOutputForm call={toolCall()} draft={{ text: '1' }} onSubmit={noop} />);
  await userEvent.click(screen.getByRole('radio', { name: 'JSON' }));
  expect(field()).toHaveValue('1');
});

test('submits with Ctrl+Enter, and adds a line with Enter', async () => {
  const { results, onSubmit } = collectResults();
  render(<ToolOutputForm call={toolCall()} onSubmit={onSubmit} />);
  await userEvent.type(field(), 'a{Enter}b{Control>}{Enter}{/Control}');
  expect(results).toEqual([{ text: 'a\nb' }]);
});

test('does not repeat a submission in progress', async () => {
  const { results, onSubmit } = collectResults();
  render(<ToolOutputForm call={toolCall()} isSubmitting onSubmit={onSubmit} />);
  await userEvent.type(field(), 'a{Control>}{Enter}{/Control}');
  await userEvent.click(screen.getByRole('button', { name: 'Submitting' }));
  expect(results).toEqual([]);
});

test('denies a call with a reason', async () => {
  const reasons: string[] = [];
  render(
    <ToolOutputForm call={toolCall()} onSubmit={noop} onDeny={(reason) => reasons.push(reason)} />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Add a reason' }));
  expect(screen.getByRole('textbox', { name: /Reason/ })).toHaveFocus();
  await userEvent.keyboard('too costly');
  await userEvent.click(screen.getByRole('button', { name: 'Deny' }));
  expect(reasons).toEqual(['too costly']);
});

test('leaves the Enter of an input method and of touch devices to the reason of a denial', async () => {
  const query = { matches: true, addEventListener: noop, removeEventListener: noop };
  const onDeny = vi.fn<(reason: string) => void>();
  const form = <ToolOutputForm call={toolCall()} onSubmit={noop} onDeny={onDeny} />;
  const { unmount } = render(form);
  const openReason = async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Add a reason' }));
    return screen.getByRole('textbox', { name: /Reason/ });
  };
  // Safari reports the key after the end of the composition.
  fireEvent.keyDown(await openReason(), { key: 'Enter', keyCode: 229 });
  expect(onDeny).not.toHaveBeenCalled();
  unmount();

  vi.stubGlobal('matchMedia', () => query);
  render(form);
  await userEvent.type(await openReason(), 'too{Enter}costly');
  expect(onDeny).not.toHaveBeenCalled();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(onDeny).toHaveBeenCalledExactlyOnceWith('too\ncostly');
});

test.each([
  ['{"a":', /not valid JSON/],
  ['', 'No arguments.'],
  ['{}', 'No arguments.'],
  ['[1,2]', /1,/],
  ['{"a":1,"a":2}', /Invalid arguments: a/],
  ['{"__proto__":{}}', /Invalid arguments: __proto__/],
])('shows the arguments %j without an error', (argumentsText, text) => {
  render(<ArgumentsTable argumentsText={argumentsText} />);
  expect(screen.getByText(text)).toBeInTheDocument();
});

test('shows all digits of a number', () => {
  render(<ArgumentsTable argumentsText={'{"amount":1234567.891234}'} />);
  expect(screen.getByText('1234567.891234')).toBeInTheDocument();
});

test.each([
  ['text', 'It is sunny.', 'It is sunny.'],
  ['fields', '{"city":"Paris","warm":true}', 'Paris'],
  ['value', '[1,2]', /1,/],
  ['empty', '{}', 'empty'],
  ['text', '', 'empty'],
  ['failed', '{"error":{"code":"failed","message":"offline"}}', /failed/],
  ['denied', '{"error":{"code":"denied","message":""}}', /denied/],
])('shows a result as %s', (kind, output, text) => {
  const { container } = render(<ToolResult output={output} />);
  expect(container.firstChild).toHaveAttribute('data-kind', kind);
  expect(screen.getByText(text)).toBeInTheDocument();
});

test.each([
  ['{"city":"Paris"}', 0],
  ['{"city":"Paris","days":3}', 2],
  [`{"city":"${'long '.repeat(40)}"}`, 1],
  ['{"cities":["Paris"]}', 1],
])('shows %s with %i fields, as an only short argument is beside the name', (text, count) => {
  render(<ToolOutputForm call={toolCall({ arguments: text })} onSubmit={noop} />);
  expect(screen.queryAllByRole('definition')).toHaveLength(count);
});
