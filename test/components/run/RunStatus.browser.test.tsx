import { render } from '@testing-library/react';
import { RunStatus } from 'assistants-react';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { run } from '../../../stories/fixtures.js';

it('wraps a long label beside its mark', () => {
  const { container } = render(
    <div style={{ inlineSize: 180 }}>
      <RunStatus
        run={run({ status: 'in_progress' })}
        activity="Reading three files with long names that need several lines"
      />
    </div>,
  );
  const [mark, label] = ['mark', 'label'].map((name) =>
    container.querySelector(`[data-part="run-status-${name}"]`)?.getBoundingClientRect(),
  );
  if (!mark || !label) throw new Error('The status has no mark or no label.');
  expect(label.height).toBeGreaterThan(30);
  expect(mark.right).toBeLessThan(label.left);
  expect(mark.top).toBeGreaterThanOrEqual(label.top);
  expect(mark.bottom).toBeLessThan(label.top + 20);
});
