import { toAssistantsError } from '../../client/AssistantsError.js';
import type { FollowedRun } from '../run/FollowedRun.js';

/** Resolves when the server has created the followed run. Rejects with an AssistantsError if it cannot be created. */
export function waitForRun(followed: FollowedRun): Promise<void> {
  return new Promise((resolve, reject) => {
    const resolveIfKnown = () => {
      if (!followed.getState().run) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = followed.subscribe(resolveIfKnown);
    resolveIfKnown();
    followed.settled.then(resolveIfKnown, (reason: unknown) => {
      resolveIfKnown();
      unsubscribe();
      // Has no effect if the run was known and the promise is resolved.
      reject(toAssistantsError(reason));
    });
  });
}
