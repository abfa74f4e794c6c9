import type { ModelEvent } from '../Model.js';
import type { CollectedCall, ToolCallCollector, ToolCallFragment } from './collectToolCalls.js';
import { pickOpaqueFields } from './opaqueFields.js';
import { readCalled } from './readCallFragments.js';
import { type Fields, toText } from './toFields.js';

const NO_FIELDS: ReadonlySet<string> = new Set();

type Events = Generator<ModelEvent, void, void>;

/** Creates a reader for the calls of a response. */
export function createCallReader(calls: ToolCallCollector) {
  /** Keys of the latest calls of items that have several. */
  const keys = new Map<string, string>();
  const getKey = (itemKey: string) => keys.get(itemKey) ?? itemKey;

  /**
   * Returns the key of the call that an item is, or of a new one. Servers give an item of the final response another
   * index than in the stream, or several calls one index or one id.
   */
  function findKey(itemKey: string, id: string, fragment: Omit<ToolCallFragment, 'key'>): string {
    const list = calls.list();
    const sameKey = list.find(({ key }) => key === getKey(itemKey));
    const sameId = list.find(({ serverId }) => serverId !== '' && serverId === id);
    const isCertain = sameKey !== undefined && sameKey === sameId;
    const known = [sameKey, sameId].find(
      (call) => call !== undefined && (isCertain || !isOtherCall(call, fragment)),
    );
    if (known !== undefined) return known.key;
    const isNewKey = sameKey === undefined && sameId === undefined;
    const key = isNewKey ? getKey(itemKey) : `${itemKey} ${list.length}`;
    keys.set(itemKey, key);
    return key;
  }

  return {
    /** Adds an item that is a call. `isFinal` is true if it has all arguments. */
    *addItem(itemKey: string, item: Fields, isFinal: boolean): Events {
      const id = toText(item['call_id']);
      const fragment = { id, ...readCalled(item), isFinal };
      const fields = pickOpaqueFields({ id: item['id'] }, NO_FIELDS);
      yield* calls.add({ key: findKey(itemKey, id, fragment), ...fragment, fields });
    },
    /** Adds arguments of an item. Ignores those of other items, such as calls of tools that the server runs itself. */
    *addArguments(itemKey: string, event: Fields, value: unknown, isFinal: boolean): Events {
      const key = getKey(itemKey);
      const called = readCalled({ name: event['name'], arguments: value });
      if (called.name !== '' || calls.list().some((call) => call.key === key))
        yield* calls.add({ key, id: '', ...called, isFinal });
    },
  };
}

/** Returns true if a call is complete, and an item has another id or other arguments. */
function isOtherCall(
  { serverId, arguments: known }: CollectedCall,
  { id, arguments: text, isFinal }: Omit<ToolCallFragment, 'key'>,
): boolean {
  if (!known.isComplete()) return false;
  if (isFinal !== true) return id !== '' && serverId !== '' && id !== serverId;
  const [before, after] = [known.getText(), text].map((one) => one.replace(/\s+/g, ''));
  return before !== '{}' && after !== '' && before !== undefined && !after?.startsWith(before);
}
