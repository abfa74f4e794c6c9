import type { Run } from '../../protocol/types.js';
import { labelFor } from '../i18n/labelFor.js';
import type { ComponentTexts } from '../i18n/ComponentTexts.js';

/** Returns why a run failed, expired or is incomplete, in one sentence. Undefined for other statuses. */
export function getRunExplanation(
  run: Run,
  { errorCode, incomplete }: ComponentTexts['run'],
): string | undefined {
  switch (run.status) {
    case 'failed':
      return labelFor(errorCode, run.last_error?.code, errorCode.other);
    case 'incomplete':
      return labelFor(incomplete, run.incomplete_details?.reason, incomplete.other);
    case 'expired':
      return errorCode.expired;
    default:
      return undefined;
  }
}
