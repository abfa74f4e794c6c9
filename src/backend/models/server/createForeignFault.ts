import { readServerError } from './readServerError.js';
import { ServerFault } from './ServerFault.js';

/**
 * Creates the fault for an answer that is not of the API that was requested. It may be an error of an unknown form, or come from
 * a server that offers another API.
 */
export function createForeignFault(
  answer: unknown,
  createFault: (error: unknown) => ServerFault,
): ServerFault {
  if (readServerError(answer).message !== '') return createFault(answer);
  return new ServerFault(
    'server_error',
    'The model server answered with something that is not part of the requested API. Check its base URL, and that it offers this API.',
  );
}
