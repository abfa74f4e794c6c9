import { describe, expect, it } from 'vitest';
import { createMessageBody, isImage } from '../../../src/core/attachments/createMessageBody.js';
import { createItem } from './fixtures.js';

const report = createItem('report');
const photo = createItem('photo', { file: { name: 'photo.png', size: 4, type: 'image/png' } });
const failed = createItem('failed', { status: 'failed', fileId: undefined });
const attached = { file_id: 'file-report', tools: [{ type: 'file_search' }] };
const imagePart = { type: 'image_file', image_file: { file_id: 'file-photo' } };

describe('createMessageBody', () => {
  it('attaches files and adds images to the content', () => {
    expect(createMessageBody('Look', [report, photo, failed], 'v2')).toEqual({
      content: [{ type: 'text', text: 'Look' }, imagePart],
      attachments: [attached],
    });
  });

  it('sends a text without images as a string', () => {
    expect(createMessageBody('Look', [report], 'v2')).toEqual({
      content: 'Look',
      attachments: [attached],
    });
  });

  it('sends images without a text', () => {
    expect(createMessageBody('', [photo], 'v2')).toEqual({ content: [imagePart] });
  });

  it('sends the file names in place of an empty text', () => {
    expect(createMessageBody('', [report], 'v2')).toEqual({
      content: 'report.txt',
      attachments: [attached],
    });
  });

  it.each([
    ['Look', 'Look'],
    ['', 'report.txt, photo.png'],
  ])('sends file ids and the text %j to version 1', (text, content) => {
    expect(createMessageBody(text, [report, photo], 'v1')).toEqual({
      content,
      file_ids: ['file-report', 'file-photo'],
    });
  });
});

describe('isImage', () => {
  it.each([
    ['image/png', true],
    ['image/jpeg', true],
    ['image/gif', true],
    ['image/webp', true],
    ['image/svg+xml', false],
    ['text/plain', false],
    ['', false],
  ])('for %j is %s', (type, expected) => {
    expect(isImage({ name: 'file', size: 1, type })).toBe(expected);
  });
});
