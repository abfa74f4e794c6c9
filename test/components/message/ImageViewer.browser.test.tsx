import { render } from '@testing-library/react';
import { MessageImage } from 'assistants-react';
import 'assistants-react/styles.css';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';

const url = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><path d="M0 0H200V100H0z"/></svg>')}`;
const dialog = page.getByRole('dialog', { name: 'chart.svg' });
const getWidth = () => dialog.getByRole('img').element().getBoundingClientRect().width;

async function openImage(onDownload?: (fileId: string) => void): Promise<void> {
  const resolveFile = () => ({ name: 'chart.svg', size: 2_048, url });
  render(<MessageImage fileId="file-1" resolveFile={resolveFile} onDownload={onDownload} />);
  await userEvent.click(page.getByRole('button', { name: 'chart.svg' }));
  await vi.waitUntil(() => dialog.query() !== null && getWidth() === 200);
}

it('zooms with the keys +, - and 0', async () => {
  await openImage();
  await userEvent.keyboard('++');
  await expect.poll(getWidth).toBe(400);
  await userEvent.keyboard('-');
  await expect.poll(getWidth).toBe(300);
  await userEvent.keyboard('0');
  await expect.poll(getWidth).toBe(200);
});

it('zooms with its buttons and with a click on the image', async () => {
  await openImage();
  await expect.element(dialog.getByRole('button', { name: 'Zoom out' })).toBeDisabled();
  await userEvent.click(dialog.getByRole('button', { name: 'Zoom in' }));
  await expect.poll(getWidth).toBe(300);
  await userEvent.click(dialog.getByRole('img'));
  await expect.poll(getWidth).toBe(200);
  await userEvent.click(dialog.getByRole('img'));
  await expect.poll(getWidth).toBe(400);
});

it('closes with Escape and its button, and returns the focus to the image', async () => {
  await openImage();
  const button = page.getByRole('button', { name: 'chart.svg' });
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
});

it('downloads the image, and shows its size', async () => {
  const onDownload = vi.fn<(fileId: string) => void>();
  await openImage(onDownload);
  await userEvent.click(dialog.getByRole('button', { name: 'Download chart.svg' }));
  expect(onDownload).toHaveBeenCalledWith('file-1');
  await expect.element(dialog.getByText(/^2(\.\d+)? kB$/)).toBeVisible();
});

it('has no button to download without a handler', async () => {
  await openImage();
  expect(dialog.getByRole('button', { name: /Download/ }).query()).toBeNull();
});
