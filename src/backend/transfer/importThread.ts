import { toFields } from '../../common/toFields.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Change, Collections } from '../stores/Store.js';
import type { ImportContext } from './ImportContext.js';
import { isSameJson } from './isSameJson.js';
import { getCreatedAt } from './readRecords.js';
import { toShortText } from './toShortText.js';
import { InputFault } from './TransferError.js';
import type { Fields, ThreadRecord } from './ThreadRecord.js';
import { toStoredMessage, toStoredRun, toStoredStep, toStoredThread } from './toStoredObjects.js';

/** Objects of a thread, ready to be stored. */
interface StoredThread {
  thread: Collections['threads'];
  messages: Collections['messages'][];
  runs: Collections['runs'][];
  steps: Collections['steps'][];
  /** Ids of runs that had not ended when they were exported. */
  endedRuns: string[];
}

/**
 * Imports a thread with its messages, runs and steps in one write: all of it or nothing. Changes nothing if the store has the
 * thread already.
 *
 * @throws InputFault if the thread cannot be imported
 */
export async function importThread(context: ImportContext, record: ThreadRecord): Promise<void> {
  const { report } = context;
  const objects = readThread(record);
  const { thread, messages, runs, steps } = objects;
  const counts = { messages: messages.length, runs: runs.length, steps: steps.length };
  const isPresent = (await context.find('threads', thread.id)) !== undefined;
  if (isPresent) await assertComplete(context, objects);
  else await assertUnused(context, objects);
  if (!isPresent) await context.write(toChanges(objects));
  const outcome = isPresent ? 'present' : 'added';
  report.counts.threads[outcome] += 1;
  for (const kind of ['messages', 'runs', 'steps'] as const)
    report.counts[kind][outcome] += counts[kind];
  if (!isPresent) addNotes(context, record, objects);
}

/** Converts the objects of a record. @throws InputFault */
function readThread(record: ThreadRecord): StoredThread {
  const { threadId } = record;
  const thread = toStoredThread(record.thread ?? {});
  const messages = toUnique(
    record.messages.map((raw) => assertParent(toStoredMessage(raw, threadId), { threadId })),
  );
  const runs: StoredThread['runs'] = [];
  const steps: StoredThread['steps'] = [];
  const endedRuns: string[] = [];
  for (const raw of record.runs) {
    const run = assertParent(toStoredRun(raw, threadId), { threadId });
    runs.push(run);
    if (!isSettled(raw['status'] as typeof run.status)) endedRuns.push(run.id);
    for (const step of toSteps(raw))
      steps.push(assertParent(toStoredStep(step, run), { threadId, runId: run.id }));
  }
  return { thread, messages, runs: toUnique(runs), steps: toUnique(steps), endedRuns };
}

function toSteps(run: Fields): Fields[] {
  const steps = Array.isArray(run['steps']) ? run['steps'].map(toFields) : [];
  const isDescending = getCreatedAt(steps[0] ?? {}) > getCreatedAt(steps.at(-1) ?? {});
  return isDescending ? steps.toReversed() : steps;
}

/** @throws InputFault if an object belongs to another thread or run. */
function assertParent<Item extends { id: string; thread_id: string }>(
  item: Item & { run_id?: string | null },
  parent: { threadId: string; runId?: string },
): Item {
  const isOther =
    item.thread_id !== parent.threadId ||
    (parent.runId !== undefined && item.run_id !== parent.runId);
  if (!isOther) return item;
  throw new InputFault(`${item.id} belongs to another thread or run.`);
}

/** Removes repetitions, which overlapping pages have. @throws InputFault if two different objects have one id. */
function toUnique<Item extends { id: string }>(items: readonly Item[]): Item[] {
  const unique = new Map<string, Item>();
  for (const item of items) {
    const known = unique.get(item.id);
    if (known !== undefined && !isSameJson(known, item))
      throw new InputFault(`The id ${item.id} occurs twice, with different contents.`);
    if (known === undefined) unique.set(item.id, item);
  }
  return [...unique.values()];
}

/** Yields the objects below a thread with their collections. */
function* listContents({ messages, runs, steps }: StoredThread) {
  for (const { id } of messages) yield { collection: 'messages', id } as const;
  for (const { id } of runs) yield { collection: 'runs', id } as const;
  for (const { id } of steps) yield { collection: 'steps', id } as const;
}

/** @throws InputFault if the store has an object with the id of one of a new thread. */
async function assertUnused(context: ImportContext, objects: StoredThread): Promise<void> {
  for (const { collection, id } of listContents(objects)) {
    if ((await context.find(collection, id)) === undefined) continue;
    throw new InputFault(
      `The store has another object with the id ${id}, in another thread. It was kept.`,
      'Import this thread into a new store.',
    );
  }
}

/**
 * A stored thread may have changed since it was imported, so its objects are not compared.
 *
 * @throws InputFault if objects are missing in it
 */
async function assertComplete(context: ImportContext, objects: StoredThread): Promise<void> {
  let missing = 0;
  for (const { collection, id } of listContents(objects)) {
    const stored = await context.find(collection, id);
    const isHere =
      stored === true ||
      (stored as { thread_id?: string } | undefined)?.thread_id === objects.thread.id;
    if (!isHere) missing += 1;
  }
  if (missing === 0) return;
  throw new InputFault(
    `The store has this thread already, without ${missing} of the objects of the export. It was kept as it is.`,
    'Delete the thread first to import it again.',
  );
}

function toChanges({ thread, messages, runs, steps }: StoredThread): Change[] {
  return [
    { type: 'put', collection: 'threads', object: thread },
    ...messages.map((object): Change => ({
      type: 'put',
      collection: 'messages',
      object,
      parent: thread.id,
    })),
    ...runs.map((object): Change => ({
      type: 'put',
      collection: 'runs',
      object,
      parent: thread.id,
    })),
    ...steps.map((object): Change => ({
      type: 'put',
      collection: 'steps',
      object,
      parent: object.run_id,
    })),
  ];
}

/** Reports what was changed, and what the exporter could not read. */
function addNotes({ report }: ImportContext, record: ThreadRecord, objects: StoredThread): void {
  for (const id of objects.endedRuns) {
    report.problems.push({
      type: 'changed',
      where: id,
      message: 'The run had not ended when it was exported. It was stored as expired.',
      advice: 'Start a new run to continue the conversation.',
    });
  }
  for (const error of record.errors) {
    report.problems.push({
      type: 'missing',
      where: toShortText(error['id'], record.path),
      message: `The export lacks this ${toShortText(error['object'], 'object')}: ${toShortText(error['error'], 'no reason given')}`,
    });
  }
}
