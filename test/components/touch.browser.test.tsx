import { render } from '@testing-library/react';
import { AssistantCard, FileRow, ToolOutputForm } from 'assistants-react';
import 'assistants-react/styles.css';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { toolCall } from '../../stories/fixtures.js';
import { noop } from './noop.js';

const setTouch = (enabled: boolean) =>
  cdp().send('Emulation.setTouchEmulationEnabled', { enabled });

beforeEach(() => setTouch(true));
afterEach(() => setTouch(false));

it('gives a finger at least 44 px of each control', async () => {
  await expect.poll(() => matchMedia('(pointer: coarse)').matches).toBe(true);
  const assistant = { id: 'asst_1', name: 'Helper', model: 'any', tools: [] };
  render(
    <>
      <ToolOutputForm call={toolCall()} onSubmit={noop} />
      <FileRow name="tea.txt" size={9} createdAt={1} onOpen={noop} />
      <AssistantCard assistant={assistant as never} onSelect={noop} />
    </>,
  );
  const heights = [
    ...document.querySelectorAll(
      '[data-part="modes"] label, [data-part="file-open"], [data-part="assistant-select"]',
    ),
  ].map((element) => element.getBoundingClientRect().height);
  expect(heights.length).toBeGreaterThanOrEqual(4);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
});
