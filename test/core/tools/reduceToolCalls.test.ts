import { describe, expect, it } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import type { CallRecord } from '../../../src/core/tools/CallRecord.js';
import type { FunctionTool } from '../../../src/core/tools/FunctionTool.js';
import { reduceToolCalls } from '../../../src/core/tools/reduceToolCalls.js';
import type { AddedCall, ToolCallsEvent } from '../../../src/core/tools/ToolCallsEvent.js';
import {
  noTrackedCalls,
  shouldSubmit,
  toSnapshot,
  type TrackedCalls,
} from '../../../src/core/tools/TrackedCalls.js';
import { defineTool } from '../../../src/hooks/defineTool.js';
import type { RunStep, RunToolCall } from '../../../src/protocol/types.js';
import { run as createRun } from '../../../stories/fixtures.js';

const id = 'call_1';
const auto = defineTool({ name: 'work', execute: () => 'ok' });
const idempotent = defineTool({ name: 'work', idempotent: true, execute: () => 'ok' });
const asking = defineTool({ name: 'work', onInvalidArguments: 'ask', execute: () => 'ok' });
const human = defineTool({ name: 'work' });

function toolCall(callId = id, argumentsText = '{}'): RunToolCall {
  return { id: callId, type: 'function', function: { name: 'work', arguments: argumentsText } };
}

/** The run starts to wait for calls. */
function pending(
  tool: FunctionTool | undefined,
  { ids = [id], isRestored = false }: { ids?: string[]; isRestored?: boolean } = {},
): ToolCallsEvent {
  const calls = ids.map((callId) => toolCall(callId));
  const added = calls.map((call): AddedCall => ({ call, key: call.id, tool, isRestored }));
  return { type: 'pendingChanged', pending: calls, added };
}

/** The arguments of the call are valid, unless `over` says otherwise. */
function read(
  over: Partial<Extract<ToolCallsEvent, { type: 'argumentsRead' }>> = {},
): ToolCallsEvent {
  return {
    type: 'argumentsRead',
    id,
    input: {},
    problem: undefined,
    needsApproval: false,
    canAlwaysAllow: false,
    record: undefined,
    unknownTool: 'ask',
    ...over,
  };
}

/** The call is no longer pending. */
function movedOn(status: string, record?: CallRecord, callId = id): ToolCallsEvent {
  return {
    type: 'runMovedOn',
    status,
    removed: [toolCall(callId)],
    records: new Map([[callId, record]]),
  };
}

function step(argumentsText: string, output: string | null, status: RunStep['status']) {
  const details = {
    type: 'tool_calls',
    tool_calls: [
      { id, type: 'function', function: { name: 'work', arguments: argumentsText, output } },
    ],
  };
  return { id: 'step_1', status, step_details: details } as unknown as RunStep;
}

function stepsReceived(...steps: RunStep[]): ToolCallsEvent {
  return { type: 'stepsReceived', run: createRun({ status: 'in_progress' }), steps, tools: [auto] };
}

const locked = (record?: CallRecord): ToolCallsEvent => ({ type: 'lockAcquired', id, record });
const started: ToolCallsEvent = { type: 'started', id };
const completed: ToolCallsEvent = { type: 'completed', id, output: 'ok' };
const failure = '{"error":{"code":"failed","message":"no"}}';
const failed: ToolCallsEvent = { type: 'completed', id, output: failure };
const approved: ToolCallsEvent = { type: 'approved', id };
const denied: ToolCallsEvent = { type: 'denied', id, reason: 'No.' };
const provided: ToolCallsEvent = { type: 'provided', id, output: 'mine' };
const asked: ToolCallsEvent = { type: 'asked', id, question: 'How many?', schema: undefined };
const submitStarted: ToolCallsEvent = { type: 'submitStarted' };
const submitSucceeded: ToolCallsEvent = { type: 'submitSucceeded' };
const submitFailed: ToolCallsEvent = {
  type: 'submitFailed',
  error: new AssistantsError('network', 'Offline.'),
};
const startedBy = (page: string): CallRecord => ({ at: 0, startedBy: page });
const withRecord = (record: CallRecord): ToolCallsEvent => ({
  type: 'recordsChanged',
  records: new Map([[id, record]]),
});

const running = [pending(auto), read(), locked(), started];
const needsApproval = [pending(auto), read({ needsApproval: true })];
const needsOutput = [pending(human), read()];
const elsewhere: ToolCallsEvent = { type: 'heldElsewhere', id, output: undefined };

function reduce(events: readonly ToolCallsEvent[], from = noTrackedCalls): TrackedCalls {
  return events.reduce(reduceToolCalls, from);
}

/** Describes the call in a few words: its state, the details of the state, and whether it is about to start. */
function describeCall(state: TrackedCalls): string {
  const tracked = state.calls.get(id);
  if (!tracked) return 'unknown';
  const { call, start } = tracked;
  const words: (string | undefined)[] = [call.state];
  if (call.state === 'running') words.push(call.place);
  if ('output' in call) words.push(call.output);
  if ('draft' in call && call.draft) words.push(`draft ${call.draft.text}`);
  if ('denialDraft' in call) words.push(call.denialDraft && `denial ${call.denialDraft}`);
  if (call.isRestored === true && call.state.startsWith('needs-')) words.push('restored');
  if (start) words.push(start.isApproved ? 'starts approved' : 'starts');
  return words.filter((word) => word !== undefined).join(' ');
}

describe('a call', () => {
  it.each<[name: string, events: ToolCallsEvent[], expected: string]>([
    // Arrival
    ['streams its arguments', [stepsReceived(step('{"a', null, 'in_progress'))], 'streaming-args'],
    [
      'of a step with an output was submitted by another client',
      [stepsReceived(step('{}', 'theirs', 'completed'))],
      'submitted theirs',
    ],
    [
      'of a step that has ended without an output has expired',
      [stepsReceived(step('{}', null, 'cancelled'))],
      'expired',
    ],
    ['is read when the run waits for it', [pending(auto)], 'streaming-args'],
    ['starts', [pending(auto), read()], 'streaming-args starts'],
    ['waits for approval if its tool requires it', needsApproval, 'needs-approval'],
    ['waits for an output if its tool has no handler', needsOutput, 'needs-output'],
    [
      'restores the reason of its denial',
      [pending(human), read({ record: { at: 0, denialDraft: 'Not n' } })],
      'needs-output denial Not n',
    ],
    [
      'restores its draft',
      [pending(human), read({ record: { at: 0, draft: { text: 'Half' } } })],
      'needs-output draft Half',
    ],
    ['waits for an output if it has no tool', [pending(undefined), read()], 'needs-output'],
    [
      'without a tool is reported if the settings say so',
      [pending(undefined), read({ unknownTool: 'report' })],
      'failed {"error":{"code":"unknown_tool","message":"The application does not define the function work."}}',
    ],
    [
      'with invalid arguments is reported',
      [pending(auto), read({ problem: 'No city.' })],
      'failed {"error":{"code":"invalid_arguments","message":"No city."}}',
    ],
    [
      'with invalid arguments waits for approval if its tool says so',
      [pending(asking), read({ problem: 'No city.' })],
      'needs-approval',
    ],
    [
      'with invalid arguments waits for an output if its tool has no handler',
      [pending(human), read({ problem: 'No city.' })],
      'needs-output',
    ],
    [
      'that was found waiting needs approval',
      [pending(auto, { isRestored: true }), read()],
      'needs-approval restored',
    ],
    [
      'that was found waiting starts if its tool is idempotent',
      [pending(idempotent, { isRestored: true }), read()],
      'streaming-args starts',
    ],
    [
      'with the output of another page starts, to learn if that page is still open',
      [pending(human), read({ record: { at: 0, output: 'theirs' } })],
      'streaming-args starts',
    ],
    [
      'that another page has started does so, too',
      [pending(auto), read({ record: startedBy('other') })],
      'streaming-args starts',
    ],
    [
      'is not changed by the step of an earlier call with the same id',
      [pending(auto), stepsReceived(step('{}', 'earlier', 'completed')), read()],
      'streaming-args starts',
    ],
    ['is read once', [...needsApproval, read()], 'needs-approval'],

    // Locks
    ['waits for other handlers', [pending(auto), read(), locked()], 'running waiting'],
    ['runs', running, 'running here'],
    ['is run by another tab', [pending(auto), read(), elsewhere], 'running elsewhere starts'],
    [
      'shows the output of another tab',
      [pending(auto), read(), { ...elsewhere, output: 'theirs' }],
      'done theirs starts',
    ],
    [
      'takes over the output of a closed page',
      [pending(auto), read(), elsewhere, locked({ at: 0, output: 'theirs' })],
      'done theirs',
    ],
    [
      'waits for approval if a closed page has started it',
      [pending(auto), read(), elsewhere, locked(startedBy('other'))],
      'needs-approval restored',
    ],
    [
      'runs again if a closed page has started it and its tool is idempotent',
      [pending(idempotent), read(), elsewhere, locked(startedBy('other'))],
      'running waiting',
    ],
    [
      'runs if a closed page has started it and the user has approved',
      [...needsApproval, approved, locked(startedBy('other'))],
      'running waiting',
    ],
    [
      'stays as it is if another tab has submitted it',
      [pending(auto), read(), elsewhere, locked({ at: 0, isClosed: true })],
      'running elsewhere',
    ],
    ['ignores a lock without a start', [...needsApproval, locked()], 'needs-approval'],
    [
      'ignores the end of an earlier start',
      [
        pending(auto),
        read(),
        {
          type: 'startCancelled',
          id,
          start: { base: { id, name: 'work', argumentsText: '' }, isApproved: false },
        },
      ],
      'streaming-args starts',
    ],

    // Handlers
    ['has the output of its handler', [...running, completed], 'done ok'],
    ['has the error of its handler', [...running, failed], `failed ${failure}`],
    ['asks a question', [...running, asked], 'needs-answer'],
    ['runs on after the answer', [...running, asked, { type: 'answered', id }], 'running here'],
    [
      'has an output even if its question is open',
      [...running, asked, failed],
      `failed ${failure}`,
    ],
    ['ignores a handler that is not running', [...needsApproval, completed], 'needs-approval'],
    ['ignores a question without a handler', [...needsApproval, asked], 'needs-approval'],
    [
      'ignores an answer without a question',
      [...needsApproval, { type: 'answered', id }],
      'needs-approval',
    ],

    // Actions of the user
    ['starts when it is approved', [...needsApproval, approved], 'needs-approval starts approved'],
    [
      'does not start with invalid arguments',
      [pending(asking), read({ problem: 'No city.' }), approved],
      'needs-approval',
    ],
    [
      'starts with valid arguments of the user',
      [
        pending(asking),
        read({ problem: 'No city.' }),
        { type: 'approved', id, edited: { argumentsText: '{}', input: {}, problem: undefined } },
      ],
      'needs-approval starts approved',
    ],
    [
      'does not start with invalid arguments of the user',
      [
        ...needsApproval,
        { type: 'approved', id, edited: { argumentsText: '[', input: undefined, problem: 'No.' } },
      ],
      'needs-approval',
    ],
    ['is denied', [...needsApproval, denied], 'denied {"error":{"code":"denied","message":"No."}}'],
    [
      'is denied while it is about to start',
      [...needsApproval, approved, denied],
      'denied {"error":{"code":"denied","message":"No."}}',
    ],
    [
      'is denied while it runs',
      [...running, denied],
      'denied {"error":{"code":"denied","message":"No."}}',
    ],
    ['is not denied while it is read', [pending(auto), denied], 'streaming-args'],
    [
      'is not denied while another tab runs it',
      [pending(auto), read(), elsewhere, denied],
      'running elsewhere starts',
    ],
    ['has the output of the user', [...needsOutput, provided], 'done mine'],
    ['has the output of the user instead of running', [...needsApproval, provided], 'done mine'],
    ['has no output of the user while it runs', [...running, provided], 'running here'],
    [
      'is retried',
      [...running, failed, { type: 'retried', id }],
      `failed ${failure} starts approved`,
    ],
    [
      'is not retried if it has succeeded',
      [...running, completed, { type: 'retried', id }],
      'done ok',
    ],
    [
      'is not retried without a handler',
      [...needsOutput, { type: 'provided', id, output: failure }, { type: 'retried', id }],
      `failed ${failure}`,
    ],
    [
      'waits for an output again when it is reopened, with the last one as the draft',
      [...needsOutput, provided, { type: 'reopened', id }],
      'needs-output draft mine',
    ],
    [
      'waits for approval when it is reopened',
      [...running, failed, { type: 'reopened', id }],
      'needs-approval',
    ],
    [
      'is not reopened without an output',
      [...needsApproval, { type: 'reopened', id }],
      'needs-approval',
    ],
    [
      'keeps a draft',
      [...needsOutput, { type: 'draftChanged', id, draft: { text: 'Half' } }],
      'needs-output draft Half',
    ],
    [
      'keeps a draft of its arguments',
      [...needsApproval, { type: 'draftChanged', id, draft: { text: 'Half' } }],
      'needs-approval draft Half',
    ],
    [
      'keeps the reason of a denial beside its draft',
      [
        ...needsOutput,
        { type: 'draftChanged', id, draft: { text: 'Half' } },
        { type: 'denialDraftChanged', id, denialDraft: 'Not n' },
      ],
      'needs-output draft Half denial Not n',
    ],
    [
      'has the reason of its denial again when it is reopened',
      [...needsApproval, { type: 'denied', id, reason: 'Not now' }, { type: 'reopened', id }],
      'needs-approval denial Not now',
    ],
    [
      'is reopened without the reason of a denial that has none',
      [...needsApproval, { type: 'denied', id, reason: '' }, { type: 'reopened', id }],
      'needs-approval',
    ],
    [
      'has no reason of a denial in other states',
      [...needsOutput, provided, { type: 'denialDraftChanged', id, denialDraft: 'Not n' }],
      'done mine',
    ],
    [
      'has no draft in other states',
      [...needsOutput, provided, { type: 'draftChanged', id, draft: { text: 'Half' } }],
      'done mine',
    ],

    // Other tabs
    [
      'shows an output that another tab has written',
      [...needsOutput, withRecord({ at: 0, output: 'theirs' })],
      'done theirs',
    ],
    [
      'keeps its own output',
      [...needsOutput, provided, withRecord({ at: 0, output: 'theirs' })],
      'done mine',
    ],
    [
      'starts if another tab has approved it',
      [...needsApproval, withRecord(startedBy('other'))],
      'needs-approval starts',
    ],
    [
      'does not start if it was restored, since the record is that of a closed page',
      [pending(auto, { isRestored: true }), read(), withRecord(startedBy('other'))],
      'needs-approval restored',
    ],
    [
      'reads its record with the arguments',
      [pending(human), withRecord({ at: 0, output: 'theirs' })],
      'streaming-args',
    ],

    // Submit
    [
      'is not changed by the user during a submit',
      [...needsOutput, provided, submitStarted, denied],
      'done mine',
    ],
    ['is submitted', [...needsOutput, provided, submitStarted, submitSucceeded], 'submitted mine'],
    [
      'keeps its output after a failed submit',
      [...needsOutput, provided, submitStarted, submitFailed],
      'done mine',
    ],
    [
      'ignores events once it is submitted',
      [...running, completed, submitSucceeded, denied, asked],
      'submitted ok',
    ],

    // The run moves on
    ['expires with the run', [...needsOutput, provided, movedOn('expired')], 'expired mine'],
    [
      'is submitted if another client has answered',
      [...needsOutput, provided, movedOn('queued')],
      'submitted',
    ],
    [
      'learns the output of another client from the steps',
      [...needsOutput, movedOn('queued'), stepsReceived(step('{}', 'theirs', 'completed'))],
      'submitted theirs',
    ],
    [
      'ends a start that the run no longer waits for',
      [pending(auto), read(), movedOn('expired')],
      'expired',
    ],
    [
      'is read again when the run requires it again',
      [...running, completed, submitStarted, submitSucceeded, pending(auto)],
      'streaming-args',
    ],
    [
      'of a later round replaces the one with the same id',
      [
        ...running,
        completed,
        submitSucceeded,
        { type: 'pendingChanged', pending: [], added: [] },
        pending(human),
        read(),
      ],
      'needs-output',
    ],
  ])('%s', (_, events, expected) => {
    expect(describeCall(reduce(events))).toBe(expected);
  });

  it('keeps the arguments of the user and reports them as edited', () => {
    const edited = { argumentsText: '{"a":2}', input: { a: 2 }, problem: undefined };
    const state = reduce([...needsApproval, { type: 'approved', id, edited }, locked(), started]);
    expect(state.calls.get(id)?.call).toEqual({
      id,
      name: 'work',
      isRestored: false,
      isEdited: true,
      ...edited,
      state: 'running',
      place: 'here',
    });
  });
});

describe('the notice', () => {
  it.each<[name: string, events: ToolCallsEvent[], expected: string]>([
    [
      'reports every open call of an expired run',
      [...needsApproval, movedOn('expired')],
      'expired work',
    ],
    [
      'reports every open call of a failed run',
      [...needsApproval, movedOn('failed')],
      'failed work',
    ],
    [
      'is omitted for a cancelled run without work',
      [...needsApproval, movedOn('cancelled')],
      'none',
    ],
    ['reports a handler of a cancelled run', [...running, movedOn('cancelling')], 'cancelled work'],
    ['reports an open question', [...running, asked, movedOn('cancelled')], 'cancelled work'],
    [
      'reports a draft',
      [...needsOutput, movedOn('queued', { at: 0, draft: { text: 'Half' } })],
      'answered work',
    ],
    [
      'reports the reason of a denial',
      [...needsApproval, movedOn('cancelled', { at: 0, denialDraft: 'Not n' })],
      'cancelled work',
    ],
    [
      'omits an empty draft',
      [...needsOutput, movedOn('queued', { at: 0, draft: { text: '' } })],
      'none',
    ],
    [
      'reports an output of this page',
      [...needsOutput, provided, movedOn('queued')],
      'answered work',
    ],
    [
      'omits an output that another tab has submitted',
      [...needsOutput, provided, movedOn('queued', { at: 0, isClosed: true })],
      'none',
    ],
    [
      'is omitted for an output of another tab',
      [...needsOutput, withRecord({ at: 0, output: 'theirs' }), movedOn('queued')],
      'none',
    ],
    [
      'is removed when the run waits for further calls',
      [
        ...needsOutput,
        provided,
        movedOn('queued'),
        { type: 'pendingChanged', pending: [], added: [] },
        pending(auto, { ids: ['call_2'] }),
      ],
      'none',
    ],
    [
      'is removed by a submit',
      [...needsOutput, provided, movedOn('queued'), submitStarted],
      'none',
    ],
  ])('%s', (_, events, expected) => {
    const { notice } = reduce(events);
    const actual = notice
      ? `${notice.reason} ${notice.calls.map(({ name }) => name).join()}`
      : 'none';
    expect(actual).toBe(expected);
  });
});

describe('the outputs', () => {
  const two = { ids: [id, 'call_2'] };
  const providedBoth = [provided, { ...provided, id: 'call_2' }] as const;
  const readBoth = (over = {}) => [read(over), read({ ...over, id: 'call_2' })];

  it.each<[name: string, events: ToolCallsEvent[], complete: boolean, review: boolean]>([
    ['of a handler are submitted', [...running, completed], true, true],
    ['of the user are submitted if there is one call', [...needsOutput, provided], true, true],
    [
      'are not submitted while one is missing',
      [pending(human, two), ...readBoth(), provided],
      false,
      false,
    ],
    [
      'of the user are reviewed if there are several',
      [pending(human, two), ...readBoth(), ...providedBoth],
      true,
      false,
    ],
    ['of a failed handler are submitted', [...running, failed], true, true],
    [
      'of a failed handler are reviewed if the user has approved it',
      [...needsApproval, approved, locked(), started, failed],
      true,
      false,
    ],
    [
      'of another tab are submitted there',
      [...needsOutput, withRecord({ at: 0, output: 'theirs' })],
      false,
      false,
    ],
    ['are not submitted twice', [...running, completed, submitStarted], false, false],
    ['are not submitted again after an error', [...running, completed, submitFailed], false, false],
    [
      'are submitted again after an error when one is replaced',
      [...needsOutput, provided, submitFailed, { ...provided, output: 'new' }],
      true,
      true,
    ],
  ])('%s', (_, events, complete, review) => {
    const state = reduce(events);
    expect([shouldSubmit(state, 'complete'), shouldSubmit(state)]).toEqual([complete, review]);
    expect(shouldSubmit(state, 'manual')).toBe(false);
  });
});

it('returns the same state for an event that changes nothing', () => {
  const state = reduce(needsOutput);
  for (const event of [
    approved,
    started,
    completed,
    asked,
    { type: 'retried', id } as const,
    { type: 'reopened', id } as const,
    { type: 'pendingChanged', pending: [toolCall()], added: [] } as const,
    { type: 'runMovedOn', status: 'queued', removed: [], records: new Map() } as const,
    stepsReceived(step('{}', null, 'in_progress')),
    withRecord({ at: 0 }),
    { ...approved, id: 'call_unknown' } as ToolCallsEvent,
  ])
    expect(reduceToolCalls(state, event)).toBe(state);
});

it('counts pending calls and their outputs', () => {
  const two = { ids: [id, 'call_2'] };
  const state = reduce([pending(human, two), read(), read({ id: 'call_2' }), provided]);
  expect(toSnapshot(state)).toMatchObject({ total: 2, ready: 1, isSubmitting: false });
  expect(toSnapshot(reduce([submitStarted], state)).isSubmitting).toBe(true);
  expect(toSnapshot(reduce([submitSucceeded], state))).toMatchObject({ total: 0, ready: 0 });
});
