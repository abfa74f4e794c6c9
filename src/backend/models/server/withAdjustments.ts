import type { ModelEvent } from '../Model.js';
import type { Profile, ProfileChange, Profiles } from './createProfiles.js';
import { type Adjustment, listAdjustments, type RefusedRequest } from './listAdjustments.js';
import { ServerFault } from './ServerFault.js';

/** Request that is made in other forms until the server accepts it. */
export interface AdjustableRequest {
  profiles: Profiles;
  /** Name of the model on the server. */
  model: string;
  /** Builds the request. `keepsNewest` omits the messages before the newest user message. */
  build: (profile: Profile, keepsNewest: boolean) => Omit<RefusedRequest, 'attempt'>;
  send: (body: Record<string, unknown>) => AsyncIterable<ModelEvent>;
  /** Called with the names of changes that let the server accept the request. */
  onAdjusted: (what: string) => void;
}

const MAX_ADJUSTMENTS = 12;

interface Attempt {
  profile: Profile;
  keepsNewest: boolean;
  request: Omit<RefusedRequest, 'attempt'>;
}

/**
 * Streams an answer. If the server refuses the request before its first event, sends it again in a form that the server may
 * accept, and remembers what the server refused. Later failures are thrown.
 */
export async function* withAdjustments(
  adjustable: AdjustableRequest,
): AsyncGenerator<ModelEvent, void, void> {
  const { profiles, model, build } = adjustable;
  const profile = profiles.get(model);
  let attempt: Attempt = { profile, keepsNewest: false, request: build(profile, false) };
  const sent = new Set([JSON.stringify(attempt.request.body)]);
  const guesses: Adjustment[] = [];
  let firstFault: ServerFault | undefined;

  for (let count = 0; ; count++) {
    let hasStarted = false;
    try {
      for await (const event of adjustable.send(attempt.request.body)) {
        if (!hasStarted) remember(adjustable, guesses);
        hasStarted = true;
        yield event;
      }
      return;
    } catch (error) {
      if (hasStarted || !(error instanceof ServerFault)) throw error;
      const next =
        count < MAX_ADJUSTMENTS
          ? findAdjustment(adjustable, { fault: error, attempt, count, sent })
          : undefined;
      // The first refusal is about the request of the user, and the later ones about our guesses.
      if (next === undefined) throw isRefusal(error) ? (firstFault ?? error) : error;
      if (next.adjustment.isGuess) {
        firstFault ??= error;
        guesses.push(next.adjustment);
      } else {
        firstFault = undefined;
        remember(adjustable, [next.adjustment]);
      }
      attempt = next.attempt;
    }
  }
}

/** Returns the first adjustment that results in a new request. Adds it to the requests that were sent. */
function findAdjustment(
  { profiles, build }: AdjustableRequest,
  {
    fault,
    attempt,
    count,
    sent,
  }: { fault: ServerFault; attempt: Attempt; count: number; sent: Set<string> },
): { adjustment: Adjustment; attempt: Attempt } | undefined {
  for (const adjustment of listAdjustments(fault, { ...attempt.request, attempt: count })) {
    const profile = profiles.apply(attempt.profile, adjustment.change);
    const keepsNewest = attempt.keepsNewest || adjustment.keepsNewest === true;
    const request = build(profile, keepsNewest);
    const json = JSON.stringify(request.body);
    if (sent.has(json)) continue;
    sent.add(json);
    return { adjustment, attempt: { profile, keepsNewest, request } };
  }
  return undefined;
}

function isRefusal({ kind }: ServerFault): boolean {
  return kind === 'rejected' || kind === 'filter' || kind === 'missing';
}

function remember(
  { profiles, model, onAdjusted }: AdjustableRequest,
  adjustments: readonly Adjustment[],
): void {
  for (const { change, keepsNewest } of adjustments) {
    profiles.learn(model, change);
    onAdjusted(keepsNewest === true ? 'omits older messages' : describeChange(change));
  }
}

/** Describes a change by the names of fields only: values may be content of the user. */
export function describeChange(change: ProfileChange): string {
  const { omit = [], refuseImages = [], maxPromptLength, ...features } = change;
  return [
    ...(omit.length > 0 ? [`omits ${omit.join(', ')}`] : []),
    ...(refuseImages.length > 0 ? [`omits ${refuseImages.length} images`] : []),
    ...(maxPromptLength === undefined ? [] : ['omits older messages']),
    ...Object.entries(features).map(([name, value]) => `${name}: ${String(value)}`),
  ].join('; ');
}
