import { fireEvent, render, screen } from '@testing-library/react';
import { ArgumentsTable, FileChip, RunSteps } from 'assistants-react';
import { expect, it } from 'vitest';
import { noon, step } from '../../../stories/fixtures.js';

const createSteps = (output: string) => (
  <RunSteps
    now={noon}
    open
    steps={[
      step({
        type: 'tool_calls',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}', output } },
        ],
      }),
    ]}
  />
);
const deepJson = '['.repeat(20_000) + ']'.repeat(20_000);

it('shows JSON that is nested too deep to be indented unchanged', () => {
  const { container } = render(
    <>
      {createSteps(deepJson)}
      <ArgumentsTable argumentsText={deepJson} />
    </>,
  );
  expect(
    [...container.querySelectorAll('[data-part="raw-text"]')].map((element) => element.textContent),
  ).toEqual([deepJson, deepJson]);
});

it('shows a hundred fields, and a hundred more with each click', () => {
  const fields = Object.fromEntries(
    Array.from({ length: 250 }, (_, index) => [`field ${index}`, index]),
  );
  render(<ArgumentsTable argumentsText={JSON.stringify(fields)} />);
  expect(screen.getAllByRole('term')).toHaveLength(100);
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(screen.getAllByRole('term')).toHaveLength(200);
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(screen.getAllByRole('term')).toHaveLength(250);
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

it('shows a long text of a field completely in a region that scrolls', () => {
  const text = 'a line of the file\n'.repeat(5_000);
  render(<ArgumentsTable argumentsText={JSON.stringify({ text })} />);
  expect(screen.getByRole('group', { name: 'text' })).toHaveTextContent(
    text.trim().replaceAll('\n', ' '),
    { normalizeWhitespace: true },
  );
});

it('truncates a long name without splitting a character', () => {
  render(
    <FileChip name={`${'n'.repeat(299)}👍${'n'.repeat(1_000)}`} onDownload={() => undefined} />,
  );
  expect(screen.getByText(`${'n'.repeat(299)}…`)).toBeVisible();
});
