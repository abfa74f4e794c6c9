import { REASONING_ACCEPT } from '../protocol/extensions.js';
import type { OperationId } from '../protocol/types.js';
import type {
  AssistantsClient,
  AssistantsClientOptions,
  CallOptions,
  ClientMethods,
} from './AssistantsClient.js';
import { createRequestSender } from './createRequestSender.js';
import { createResponseError } from './createResponseError.js';
import { operations } from './operations.js';
import { readResponse } from './readResponse.js';
import { prepareRequest } from './prepareRequest.js';
import { normalizeBaseUrl } from './resolveBaseUrl.js';
import type { ServerProfile } from './ServerProfile.js';
import { withServerProfile } from './withServerProfile.js';

/**
 * Creates a client for any server that implements the Assistants API. The client holds no connection and needs no disposal.
 *
 * @example
 * const client = createAssistantsClient({ baseUrl: '/api/assistants' });
 * const thread = await client.createThread();
 */
export function createAssistantsClient(options: AssistantsClientOptions = {}): AssistantsClient {
  const { apiVersion = 'v2' } = options;
  const profile: ServerProfile = {
    options: { ...options },
    supported: { ...options.server },
    missingPaths: new Set(),
    isComplete: !options.server && !options.tokenProvider,
    token: undefined,
  };
  const send = withServerProfile(profile, createRequestSender(profile));

  const requestWithResponse: AssistantsClient['requestWithResponse'] = (
    operationId,
    params,
    call = {},
  ) => {
    const isFile = operationId === 'getFileContent';
    const sent = send({
      operationId,
      params,
      call,
      accept: isFile ? '*/*' : 'application/json',
      read: async (response, sentParams) => ({
        data: isFile
          ? await response.blob()
          : await readResponse(operationId, sentParams, response),
        response,
      }),
    });
    // `readResponse` has checked the shape.
    return sent as never;
  };

  const stream: AssistantsClient['stream'] = (operationId, params, call = {}) =>
    send({
      operationId,
      params,
      call,
      accept: `text/event-stream, ${REASONING_ACCEPT}, application/json`,
      async read(response) {
        const contentType = response.headers.get('content-type') ?? '';
        if (/event-stream|json/i.test(contentType)) return response;
        await response.body?.cancel();
        throw await createResponseError(operationId, { response });
      },
    });

  const methods: Record<string, unknown> = {};
  for (const operationId of Object.keys(operations) as OperationId[]) {
    methods[operationId] = async (params: never = {} as never, call?: CallOptions) =>
      (await requestWithResponse(operationId, params, call)).data;
  }
  return {
    // The loop defines every method of the type: both come from the same list of operations.
    ...(methods as unknown as ClientMethods),
    scope: options.scope ?? normalizeBaseUrl(options.baseUrl),
    apiVersion,
    get supportsIdempotencyKeys() {
      return profile.options.idempotencyKeys === true;
    },
    supports: (capability) => profile.supported[capability],
    getUrl: (operationId, params) => prepareRequest(operationId, params, profile.options).url,
    requestWithResponse,
    stream,
  };
}
