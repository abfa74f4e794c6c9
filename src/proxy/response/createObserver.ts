import { toFields } from '../../common/toFields.js';
import { tryParseJson } from '../../common/tryParseJson.js';
import { isId } from '../../protocol/isId.js';
import type { RunSlot, RunSlots } from '../createRunSlots.js';
import type { OwnedObject } from '../ownership/Ownership.js';
import { createBadGateway } from '../ProxyFailure.js';
import { getSharedIds, type ProxyPolicy } from '../policy/ProxyPolicy.js';
import type { ProxyTarget } from '../ProxyOptions.js';
import type { Settings } from '../readOptions.js';
import { findCreatedObject, findGeneratedFiles, findVectorStores } from './findCreatedObjects.js';

/** Looks at a response before the caller gets it, and claims the objects that were created. */
export interface Observer {
  /** Called with the JSON object of a response. */
  onResponse(value: unknown): Promise<void>;
  /** Called with each event of a stream. */
  onEvent(event: string, data: string): Promise<void>;
}

/** Options for `createObserver`. */
export interface ObserverOptions {
  request: Request;
  target: ProxyTarget;
  /** True if the server repeats its response to an earlier request with the same Idempotency-Key. */
  isReplay: boolean;
  settings: Pick<Settings, 'ownership' | 'onThreadCreated' | 'policy'>;
  runSlots: RunSlots;
  /** Slot of the run that the request creates. */
  slot: RunSlot | undefined;
}

/** Fields of deltas that can name a file. */
const FILE_FIELDS = /"(?:image|image_file|file_path|file_id)"/;

/** Creates the observer of one response. */
export function createObserver(options: ObserverOptions): Observer {
  const { request, target, isReplay, settings, runSlots, slot } = options;
  const { operation, user } = target;
  const { ownership, onThreadCreated, policy } = settings;
  const named = new Set(target.objects.map(getKey));
  let needsThread = operation === 'createThreadAndRun';

  async function claim(object: OwnedObject): Promise<boolean> {
    if (ownership === undefined || user === undefined || named.has(getKey(object))) return true;
    // Objects of all users must not become those of the first one who sees them.
    if (isListed(object, policy)) return true;
    named.add(getKey(object));
    // The idempotency key of a repeated response is the user's own, so its objects are, too.
    return (await ownership.claim(user, object)) === true;
  }

  async function claimCreated(object: OwnedObject): Promise<void> {
    if (!(await claim(object))) {
      throw createBadGateway('The upstream server sent an object of another user.');
    }
    if (object.type === 'thread' && !isReplay) await onThreadCreated?.(request, object.id);
  }

  async function observeContent(value: unknown): Promise<void> {
    // The runs of a user can only create files of the user. A file of another user stays with its owner.
    if (user === undefined) return;
    for (const file of findGeneratedFiles(value)) {
      // Most of them are known, and a look is cheaper than a write.
      if ((await ownership?.owns(user, file)) !== true) await claim(file);
    }
    const { object, id } = toFields(value);
    if (object === 'thread.run' && typeof id === 'string') slot?.assign(id);
    runSlots.observe(user, value);
  }

  return {
    async onResponse(value) {
      const created = findCreatedObject(operation, value);
      if (created === null && (ownership ?? onThreadCreated) !== undefined) {
        throw createBadGateway('The upstream server sent a new object without a valid id.');
      }
      if (created) {
        await claimCreated(created);
        for (const store of findVectorStores(value)) await claim(store);
      }
      await observeContent(value);
    },
    async onEvent(event, data) {
      // Most deltas only have text. Parsing them would double the work of a stream.
      const isText = event.endsWith('.delta') && !FILE_FIELDS.test(data);
      if (isText && !needsThread) return;
      const { name, value } = readFrame(event, data);
      if (value === undefined) return;
      const fields = toFields(value);
      const isThread = name === 'thread.created' || fields['object'] === 'thread';
      const threadId = isThread ? fields['id'] : fields['thread_id'];
      if (needsThread && isId(threadId)) {
        needsThread = false;
        await claimCreated({ type: 'thread', id: threadId });
      }
      if (isThread) for (const store of findVectorStores(value)) await claim(store);
      await observeContent(value);
    },
  };
}

/** Returns true if the policy lists an object by its id. */
function isListed({ type, id }: OwnedObject, policy: ProxyPolicy): boolean {
  const shared = getSharedIds(type, policy);
  return shared !== 'any' && shared.includes(id);
}

function getKey({ type, id }: OwnedObject): string {
  return `${type} ${id}`;
}

/** Returns the name and the object of an event. Some servers send both in the data, as `{"event", "data"}`. */
function readFrame(event: string, data: string): { name: string; value: unknown } {
  // Data that is not JSON is `[DONE]`, or an event that is not part of the API.
  const value = tryParseJson(data);
  const { event: name, data: inner } = toFields(value);
  return typeof name === 'string' && inner !== undefined
    ? { name, value: inner }
    : { name: event, value };
}
