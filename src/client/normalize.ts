import { isRecord } from '../common/isRecord.js';
import { plainShapes } from '../protocol/plainShapes.js';
import type { Shape } from '../protocol/Shape.js';
import type { ObjectKind } from '../protocol/shapes.js';
import type { AssistantStreamEvent, OperationId } from '../protocol/types.js';
import { hasOwnCursor } from './hasOwnCursor.js';
import { matchesShape } from './matchesShape.js';
import type * as lazy from './normalize.lazy.js';

/** Shapes that are checked without loading code. */
const shapes: Partial<Record<string, Shape>> = plainShapes;

/**
 * Returns the response of an operation in the shape that its type describes; undefined if it cannot be repaired. Normal
 * responses are returned unchanged and uncopied. Objects of a plain conversation are checked here. The code that checks and
 * repairs all others is loaded on demand.
 */
export async function normalizeResponse(
  operationId: OperationId,
  params: object,
  value: unknown,
): Promise<object | undefined> {
  const isList = operationId.startsWith('list');
  if (!isRecord(value) && !(isList && Array.isArray(value))) return undefined;
  if (operationId.startsWith('delete')) return value;
  const kind = getKind(operationId);
  const source = { operation: operationId, params };
  if (isList ? isPlainPage(kind, value) : isPlain(kind, value)) return value;
  const { repairObject, repairPage } = await loadRepair();
  return (isList ? repairPage : repairObject)(kind, value, source);
}

/**
 * Returns an event of a run's stream with its object in the shape that its type describes. Its data is null if it cannot be
 * repaired. Unknown events are returned unchanged. Returns a promise only if code has to be loaded: each wait would delay the
 * stream.
 */
export function normalizeEvent(
  event: string,
  data: unknown,
  params: object,
): AssistantStreamEvent | Promise<AssistantStreamEvent> {
  const [, name, change] = /^thread(?:\..+)?\.(message|run|step)\.(\w+)$/.exec(event) ?? [];
  // The object has the shape of its event. Consumers ignore events that they do not know.
  const toEvent = (value: unknown) => ({ event, data: value }) as AssistantStreamEvent;
  if (name === undefined && event !== 'thread.created') return toEvent(data);
  // The pattern lists the names.
  const kind = (change === 'delta' ? `${name}Delta` : (name ?? 'thread')) as ObjectKind;
  if (isPlain(kind, data)) return toEvent(data);
  const repair = (module: RepairModule) =>
    toEvent(module.repairObject(kind, data, { operation: event, params }) ?? null);
  return repairModule ? repair(repairModule) : loadRepair().then(repair);
}

function isPlain(kind: ObjectKind, value: unknown): boolean {
  const shape = shapes[kind];
  return shape !== undefined && matchesShape(value, shape);
}

function isPlainPage(kind: ObjectKind, value: unknown): boolean {
  const shape = shapes[kind];
  return (
    isRecord(value) &&
    shape !== undefined &&
    typeof value['has_more'] === 'boolean' &&
    matchesShape(value['data'], [shape]) &&
    hasOwnCursor(value)
  );
}

type RepairModule = typeof lazy;

let repairModule: RepairModule | undefined;

async function loadRepair(): Promise<RepairModule> {
  repairModule ??= await import('./normalize.lazy.js');
  return repairModule;
}

/** Returns the kind of the objects that an operation returns, which is the last noun of its name unless it is a search. */
function getKind(operationId: OperationId): ObjectKind {
  if (operationId.startsWith('search')) return 'results';
  const [, noun = ''] =
    /((?:Assistant|Message|Store|Batch)?[A-Z][a-z]+?)s?$/.exec(operationId) ?? [];
  // The nouns of all operations are kinds. `test/client/normalize.test.ts` checks them.
  return (noun.charAt(0).toLowerCase() + noun.slice(1)) as ObjectKind;
}
