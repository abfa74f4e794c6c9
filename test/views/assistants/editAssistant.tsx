import { fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantEditor, type Assistant } from 'assistants-react';
import { vi } from 'vitest';
import type { TestHarness } from '../createTestHarness.js';

export const findField = (name: string | RegExp) => screen.findByRole('textbox', { name });
export const getField = (name: string | RegExp) => screen.getByRole('textbox', { name });
export const fill = (name: string | RegExp, value: string) =>
  fireEvent.change(getField(name), { target: { value } });
export const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));

/** Opens the editor of an assistant, and forgets the requests until then. */
export async function openEditor(harness: TestHarness, assistantId: string) {
  const onSaved = vi.fn<(assistant: Assistant) => void>();
  const page = harness.render(<AssistantEditor assistantId={assistantId} onSaved={onSaved} />);
  await findField('Name');
  harness.takeWrites();
  return { onSaved, page };
}
