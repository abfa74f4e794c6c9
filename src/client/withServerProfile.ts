import { AssistantsError } from './AssistantsError.js';
import type { RequestSender } from './createRequestSender.js';
import { loadFor } from './requestErrors.js';
import type { ServerProfile } from './ServerProfile.js';

/**
 * Returns a sender that learns what the server lacks. The code that handles refused requests is loaded on demand: servers with
 * all operations do not need it.
 */
export function withServerProfile(
  profile: ServerProfile,
  sendRequest: RequestSender,
): RequestSender {
  return async function send(request) {
    let failure: AssistantsError | undefined;
    if (profile.isComplete) {
      try {
        const result = await sendRequest(request);
        profile.supported[request.operationId] = true;
        return result;
      } catch (error) {
        if (!(error instanceof AssistantsError) || error.status === undefined) throw error;
        failure = error;
      }
    }
    const { sendWithProfile } = await loadFor(
      request.operationId,
      () => import('./sendWithProfile.lazy.js'),
    ).catch((error: unknown) => {
      throw failure ?? error;
    });
    return sendWithProfile({ profile, request, sendRequest }, failure);
  };
}
