import { expect, it } from 'vitest';
import { createUploadForm, createRequest, createTestBackend, toUrl } from './createTestBackend.js';

it('stores an uploaded file and returns its bytes', async () => {
  const { backend, send } = createTestBackend();
  const bytes = new Uint8Array([0, 255, 10, 13, 128]);
  const form = new FormData();
  form.set('file', new File([bytes], 'a "b"é.bin', { type: 'text/html' }));
  form.set('purpose', 'assistants');
  const response = await backend.fetch(
    new Request(toUrl('/v1/files'), { method: 'POST', body: form }),
  );
  const file = (await response.json()) as { id: string };
  expect(file).toEqual({
    id: expect.stringMatching(/^file-\d{24}$/),
    object: 'file',
    bytes: 5,
    created_at: 1_700_000_000,
    expires_at: null,
    filename: 'a "b"é.bin',
    purpose: 'assistants',
    status: 'processed',
    status_details: null,
  });
  expect((await send('GET', `/v1/files/${file.id}`)).body).toEqual(file);

  const content = await backend.fetch(createRequest('GET', `/v1/files/${file.id}/content`));
  expect(new Uint8Array(await content.arrayBuffer())).toEqual(bytes);
  expect(content.headers.get('content-type')).toBe('application/octet-stream');
  expect(content.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''a%20%22b%22%C3%A9.bin",
  );
  expect(content.headers.get('x-content-type-options')).toBe('nosniff');
});

it('stores an empty file', async () => {
  const { backend, upload } = createTestBackend();
  const id = await upload('empty.txt', '');
  const content = await backend.fetch(createRequest('GET', `/v1/files/${id}/content`));
  expect(content.status).toBe(200);
  expect(await content.text()).toBe('');
});

it('deletes a file and its content', async () => {
  const { send, upload } = createTestBackend();
  const id = await upload();
  expect((await send('DELETE', `/v1/files/${id}`)).body).toEqual({
    id,
    object: 'file',
    deleted: true,
  });
  expect((await send('GET', `/v1/files/${id}`)).status).toBe(404);
  expect((await send('GET', `/v1/files/${id}/content`)).status).toBe(404);
  expect((await send('GET', '/v1/files')).body).toEqual({
    object: 'list',
    data: [],
    first_id: null,
    last_id: null,
    has_more: false,
  });
});

it.each<[string, (form: FormData) => void, string, string]>([
  ['without a file', (form) => form.delete('file'), 'file', 'missing_required_parameter'],
  ['without a purpose', (form) => form.delete('purpose'), 'purpose', 'missing_required_parameter'],
  ['with an unknown purpose', (form) => form.set('purpose', 'fun'), 'purpose', 'invalid_value'],
  ['with text instead of a file', (form) => form.set('file', 'text'), 'file', 'invalid_type'],
])('rejects an upload %s', async (_, change, param, code) => {
  const { backend, send } = createTestBackend();
  const form = createUploadForm('a.txt', 'A', 'assistants');
  change(form);
  const response = await backend.fetch(
    new Request(toUrl('/v1/files'), { method: 'POST', body: form }),
  );
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { type: 'invalid_request_error', param, code },
  });
  expect((await send('GET', '/v1/files')).body.data).toEqual([]);
});

it.each([
  ['{}', 'application/json', 'unsupported_content_type'],
  ['no parts', 'multipart/form-data; boundary=x', 'invalid_form'],
  ['no boundary', 'multipart/form-data', 'invalid_form'],
])('rejects the body %j with content type %s', async (text, type, code) => {
  const { status, body } = await createTestBackend().send('POST', '/v1/files', text, {
    'content-type': type,
  });
  expect(status).toBe(400);
  expect(body.error?.code).toBe(code);
});

it('rejects an upload over the limit', async () => {
  const { backend } = createTestBackend({ limits: { uploadBytes: 1000 } });
  const body = createUploadForm('big.txt', 'x'.repeat(1001), 'assistants');
  const response = await backend.fetch(new Request(toUrl('/v1/files'), { method: 'POST', body }));
  expect(response.status).toBe(413);
});
