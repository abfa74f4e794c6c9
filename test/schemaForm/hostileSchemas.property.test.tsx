// @vitest-environment jsdom
import '@testing-library/jest-dom/vitest';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { ComponentsProvider, ToolOutputForm } from 'assistants-react';
import { SchemaForm } from 'assistants-react/schema-form';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { schemaFormModule } from '../../src/schemaForm/schemaFormModule.js';
import { toolCall } from '../../stories/fixtures.js';
import { assertProperty } from '../assertProperty.js';
import { createCallCounter } from '../createCallCounter.js';
import { hostileSchema, hostileText } from './hostileSchemas.js';

/** Maximum work of rendering or submitting a form, in function calls. A form of 1,000 text fields takes 4,500,000. */
const MAX_CALLS = 20_000_000;
const MAX_ELEMENTS = 20_000;

// Queries by role would take most of the time in large forms.
const isForm = () => document.querySelector<HTMLInputElement>('input[value=form]')?.checked;

test('renders a form for any schema, or says why the value has to be entered as JSON', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  await schemaFormModule.load();
  const counter = createCallCounter();
  let forms = 0;
  let editors = 0;
  await assertProperty(
    fc.asyncProperty(hostileSchema, hostileText, async (schema, text) => {
      // A case that has failed leaves its form.
      cleanup();
      vi.clearAllMocks();
      const calls = counter.count(() => {
        render(
          <ComponentsProvider components={{ SchemaForm }}>
            <ToolOutputForm
              call={toolCall()}
              schema={schema}
              draft={text === null ? undefined : { text }}
              onSubmit={() => undefined}
            />
          </ComponentsProvider>,
        );
      });
      expect(calls).toBeLessThan(MAX_CALLS);
      expect(document.querySelectorAll('*').length).toBeLessThan(MAX_ELEMENTS);
      const reason = screen.queryByText(/Enter the value as JSON\.$/);
      // A form without fields is not offered.
      expect(isForm() === undefined || (reason !== null) === !isForm()).toBe(true);
      if (reason) editors += 1;
      if (isForm()) forms += 1;
      const submit = screen.getByText('Submit result');
      expect(counter.count(() => fireEvent.click(submit))).toBeLessThan(MAX_CALLS);
      await act(async () => undefined);
      expect(submit).toBeInTheDocument();
    }),
    { name: 'hostileSchemas', full: 500, small: 25 },
  );
  counter.stop();
  cleanup();
  // Both answers were tested.
  expect(forms).toBeGreaterThan(0);
  expect(editors).toBeGreaterThan(0);
  vi.restoreAllMocks();
});
