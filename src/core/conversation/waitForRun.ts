import { toAssistantsError } from '../../client/errors.js';
import type { FollowedRun } from '../run/followRun.js';

/** Resolves as soon as the run is known; rejects when it cannot be made. */
export function waitForRun(followed: FollowedRun): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!followed.getState().run) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = followed.subscribe(look);
    look();
    followed.settled.then(look, (reason: unknown) => {
      look();
      unsubscribe();
      // Changes nothing where the run was known.
      reject(toAssistantsError(reason));
    });
  });
}
