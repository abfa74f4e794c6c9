import { createYielder } from '../../../common/yieldToEventLoop.js';

/** Number of bytes to hash before the event loop may run other tasks. */
const SLICE_BYTES = 64 * 1024;

/**
 * Returns a hash that is equal for equal requests. It detects reused idempotency keys and protects no secret, so it does not
 * need to be cryptographic. crypto.subtle is not available on pages without TLS.
 */
export async function createFingerprint(address: unknown, body: unknown): Promise<string> {
  const content = body instanceof FormData ? await describeForm(body) : body;
  return hash(new TextEncoder().encode(JSON.stringify([address, content])));
}

/** Describes the fields of a form. Its encoded text is not comparable, because it contains a random boundary. */
function describeForm(form: FormData): Promise<string[][]> {
  return Promise.all(
    [...form.entries()].map(async ([name, value]) =>
      typeof value === 'string'
        ? [name, value]
        : [name, value.name, await hash(new Uint8Array(await value.arrayBuffer()))],
    ),
  );
}

/** Hashes with FNV-1a, twice with different seeds. */
async function hash(bytes: Uint8Array): Promise<string> {
  const yieldIfDue = createYielder();
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    const slice = bytes.subarray(start, start + SLICE_BYTES);
    // An index loop, because an iterator takes a second longer for 100 MB.
    for (let index = 0; index < slice.length; index++) {
      const byte = slice[index] ?? 0;
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x01000193) ^ (second >>> 15);
    }
    await yieldIfDue();
  }
  return `${bytes.length}-${(first >>> 0).toString(16)}-${(second >>> 0).toString(16)}`;
}
