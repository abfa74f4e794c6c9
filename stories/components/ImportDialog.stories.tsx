import type { Meta, StoryObj } from '@storybook/react-vite';
import { ImportDialog, type ImportDialogProps, type ImportReport } from 'assistants-react';
import { expect, fn, userEvent } from 'storybook/test';

const files = [new File(['{}'], 'export.zip')];
const report = {
  counts: { threads: { added: 120, present: 3, skipped: 1 } },
  problems: [
    {
      where: 'threads/thread_7.json',
      message: 'The file is damaged at character 1,204.',
      advice: 'Export this thread again.',
    },
  ],
  missingContents: [{}, {}],
};

const onImport: ImportDialogProps<ImportReport>['onImport'] = async () => report;

/** Takes a folder or a zip file with conversations, and shows the progress and a report. */
const meta = {
  title: 'Components/ImportDialog',
  component: ImportDialog,
  args: { onImport, onClose: fn() },
  parameters: { box: { width: 560, height: 420 } },
} satisfies Meta<typeof ImportDialog>;

const choose = (canvas: { getByLabelText: (label: string, options: object) => HTMLElement }) =>
  userEvent.upload(canvas.getByLabelText('Choose files', { selector: 'input' }), files);

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('dialog', { name: 'Import conversations' })).toBeVisible();
  },
};

export const Running: Story = {
  args: {
    onImport: (_, { onProgress }) => {
      onProgress({ share: 0.4 });
      return new Promise(() => {});
    },
  },
  play: async ({ canvas }) => {
    await choose(canvas);
    await expect(await canvas.findByText('40%')).toBeVisible();
  },
};

export const Done: Story = {
  play: async ({ canvas }) => {
    await choose(canvas);
    await expect(await canvas.findByText(/120 conversations imported/)).toBeVisible();
  },
};

export const Failed: Story = {
  args: { onImport: () => Promise.reject(new Error('export.zip is not a zip file.')) },
  play: async ({ canvas }) => {
    await choose(canvas);
    await expect(await canvas.findByRole('alert')).toHaveTextContent('is not a zip file');
  },
};
