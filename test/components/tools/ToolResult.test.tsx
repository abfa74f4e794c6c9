import { fireEvent, render, screen } from '@testing-library/react';
import { ArgumentsTable, FileChip, RunSteps } from 'assistants-react';
import { expect, it } from 'vitest';
import { noon, step } from '../../../stories/fixtures.js';

const ran = (output: string) => (
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
const deep = '['.repeat(20_000) + ']'.repeat(20_000);

it('shows JSON that nests too deep to be indented as it was written', () => {
  const { container } = render(
    <>
      {ran(deep)}
      <ArgumentsTable argumentsText={deep} />
    </>,
  );
  expect(
    [...container.querySelectorAll('[data-part="raw-text"]')].map((element) => element.textContent),
  ).toEqual([deep, deep]);
});

it('shows a hundred fields, and more on demand', () => {
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

it('gives a long text of a field a region that scrolls, with all of it', () => {
  const text = 'a line of the file\n'.repeat(5_000);
  render(<ArgumentsTable argumentsText={JSON.stringify({ text })} />);
  expect(screen.getByRole('group', { name: 'text' })).toHaveTextContent(
    text.trim().replaceAll('\n', ' '),
    { normalizeWhitespace: true },
  );
});

it('shows the beginning of a name that is longer than any', () => {
  render(
    <FileChip name={`${'n'.repeat(299)}👍${'n'.repeat(1_000)}`} onDownload={() => undefined} />,
  );
  expect(screen.getByText(`${'n'.repeat(299)}…`)).toBeVisible();
});
