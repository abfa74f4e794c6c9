import type { Meta, StoryObj } from '@storybook/react-vite';
import { FileManager } from 'assistants-react';
import { expect, userEvent, waitFor } from 'storybook/test';
import { noon } from '../fixtures.js';
import { createStoryBackend, withBackend, type StoryBackendOptions } from '../withBackend.js';

const now = () => noon * 1_000;

/** Smallest PNG file: one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const getPixel = () => Uint8Array.from(atob(PIXEL), (character) => character.charCodeAt(0));

const prepare: StoryBackendOptions['prepare'] = async (client) => {
  const files = [
    new File(['PK\u0003\u0004\u0000'], 'archive.zip'),
    new File([getPixel()], 'pixel.png', { type: 'image/png' }),
    new File(['# Tea\n\nSteep for three minutes. <b>Not</b> longer.\n'], 'tea.md'),
  ];
  for (const file of files) await client.uploadFile({ body: { file, purpose: 'assistants' } });
  return {};
};

/** List of the stored files: upload, preview, download and delete. */
const meta = {
  title: 'Views/FileManager',
  component: FileManager,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { width: 560, height: 'auto' }, backend: { now }, idArgs: [] },
} satisfies Meta<typeof FileManager>;

const withFiles = { backend: { prepare } };

export default meta;
type Story = StoryObj<typeof meta>;

export const Files: Story = {
  parameters: withFiles,
  play: async ({ canvas }) => {
    await canvas.findByText('tea.md');
    await waitFor(() =>
      expect(document.querySelector('[data-part="file-thumbnail"] img')).toBeVisible(),
    );
  },
};

export const Empty: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No files.')).toBeVisible();
  },
};

export const Preview: Story = {
  parameters: withFiles,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'tea.md' }));
    await expect(
      await canvas.findByText(/Steep for three minutes\. <b>Not<\/b> longer/),
    ).toBeVisible();
  },
};

export const NoPreview: Story = {
  parameters: withFiles,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'archive.zip' }));
    await expect(await canvas.findByText('This file has no preview.')).toBeVisible();
  },
};

export const Deleted: Story = {
  parameters: withFiles,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Delete tea.md' }));
    await expect(await canvas.findByRole('button', { name: 'Undo: keep tea.md' })).toBeVisible();
  },
};

/** Files that are being uploaded, and one that the server has refused. */
export const Uploading: Story = {
  parameters: {
    backend: {
      intercept: async (request: Request) => {
        if (request.method !== 'POST') return undefined;
        const { file } = Object.fromEntries(await request.formData());
        if (file instanceof File && file.name === 'small.txt') return new Promise(() => undefined);
        const error = { message: 'The file is larger than 512 MB.', type: 'invalid_request_error' };
        return Response.json({ error }, { status: 413 });
      },
    },
  },
  play: async ({ canvas }) => {
    await canvas.findByText('No files.');
    await userEvent.upload(canvas.getByLabelText('Upload files', { selector: 'input' }), [
      new File(['a'], 'small.txt'),
      new File(['b'], 'film.mov'),
    ]);
    await expect(await canvas.findByText('The file is larger than 512 MB.')).toBeVisible();
    await expect(
      await canvas.findByRole('button', { name: 'Cancel upload of small.txt' }),
    ).toBeVisible();
  },
};
