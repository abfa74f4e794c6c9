import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { AssistantsError, toAssistantsError } from '../../client/AssistantsError.js';
import { parseArguments } from '../../protocol/toolArguments.js';
import { errorOutput, type ToolErrorCode } from '../../protocol/toolOutput.js';
import type { Run, RunStep, RunToolCall } from '../../protocol/types.js';
import { createCallActions, type Question } from './createCallActions.js';
import { hashText, type CallRecords, type Hold } from './createCallRecords.js';
import { createCallTable } from './createCallTable.js';
import { readInput, runHandler, type Ask } from './runHandler.js';
import { formSchemaOf } from './schema.js';
import { createSlots } from './createSlots.js';
import { getStreamedCalls } from './getStreamedCalls.js';
import {
  toBaseCall,
  isClosed,
  canRun,
  createNotice,
  needsReview,
  withOutput,
  type ToolCall,
  type ToolCallBase,
} from './toolCall.js';
import type { ToolCallsEngine, ToolCallsSettings, ToolCallsSource } from './toolCalls.js';

/** Each call is met once, runs at most once in all tabs together, and comes to one output or is seen to expire. */
export function createToolCalls(
  client: AssistantsClient,
  runId: string,
  records: CallRecords,
): ToolCallsEngine {
  const table = createCallTable();
  const { calls, put, set, getState, subscribe } = table;
  /** Of a call that is open: what stops its handler, lets other tabs have it, answers its question. */
  const aborts = new Map<string, AbortController>();
  const releases = new Map<string, () => void>();
  const answers = new Map<string, Question>();
  /** Calls that are about to run: what asks for it once more, as a second click does, changes nothing. */
  const starting = new Set<string>();
  /** Calls whose output this page has made; a page that has made none leaves the submit to the others. */
  const own = new Set<string>();
  const slots = createSlots(() => settings.concurrency ?? Infinity);
  let settings: ToolCallsSettings = { tools: [] };
  let sources: readonly ToolCallsSource[] = [];
  let hasLooked = false;
  let seen: { run: Run; steps: readonly RunStep[] } | undefined;
  let name = '';

  const currentRun = () => sources.at(-1)?.getState().run;
  const keyOf = (id: string) =>
    `${name}:${id}:${hashText(table.waiting().find((call) => call.id === id)?.function.arguments ?? '')}`;
  /** Ends what goes on for a call, and begins anew. */
  const restart = (id: string) => {
    aborts.get(id)?.abort(new AssistantsError('aborted', 'The call is over.'));
    answers.delete(id);
    const controller = new AbortController();
    aborts.set(id, controller);
    return controller.signal;
  };

  function look(): void {
    const source = sources.at(-1);
    const { run, steps = [] } = source?.getState() ?? {};
    // While outputs are on their way, only their answer tells whether it was they that moved the run on.
    if (!source || !run || getState().isSubmitting || (run === seen?.run && steps === seen.steps))
      return;
    seen = { run, steps };
    name = `${client.scope}:${runId}:${run.created_at}`;
    const next =
      (run.status === 'requires_action' && run.required_action?.submit_tool_outputs.tool_calls) ||
      [];
    leave(
      run,
      table.waiting().filter((call) => !isIn(next, call)),
    );
    for (const call of getStreamedCalls(run, steps, calls, settings.tools))
      calls.set(call.id, call);
    const before = table.waiting();
    table.setWaiting(next);
    for (const call of next) {
      if (isIn(before, call)) continue;
      // A server may use an id twice, but what comes back just as it was may as well be old news.
      const known = calls.get(call.id);
      const isBack =
        known?.state === 'submitted' &&
        (known.isEdited || known.argumentsText === call.function.arguments);
      if (isBack) records.write(keyOf(call.id), { isClosed: false });
      void meet(call, isBack || (source.isAdopted && !hasLooked));
    }
    hasLooked = true;
    set(next.length > 0 && before.length === 0 ? { notice: undefined } : {});
    submitWhenComplete();
  }

  /** The run no longer waits for these: what is open is over, and whoever worked on it is told. */
  function leave({ status }: Run, gone: readonly RunToolCall[]): void {
    const open = gone
      .flatMap(({ id }) => calls.get(id) ?? [])
      .filter((call) => !isClosed(call))
      .map(withDraft);
    if (open.length === 0) return;
    // What another tab has submitted it had from the records, so nothing of it is lost.
    const lost = open.filter(
      (call) => !('output' in call && records.read(keyOf(call.id))?.isClosed),
    );
    const notice = createNotice(status, lost, own);
    for (const call of open) {
      if (notice.reason === 'answered') close(call, 'submitted', undefined);
      else close(call, 'expired', 'output' in call ? call.output : undefined);
    }
    set({ error: undefined, ...(notice.calls.length > 0 && { notice }) });
  }

  async function meet(
    { id, function: { name: toolName, arguments: argumentsText } }: RunToolCall,
    isRestored: boolean,
  ) {
    const signal = restart(id);
    const tool = settings.tools.find((known) => known.name === toolName);
    const base = { id, name: toolName, argumentsText, tool, isRestored };
    calls.set(id, { ...base, state: 'streaming-args' });
    own.delete(id);
    const call = { ...base, ...(await readInput(tool?.parameters, argumentsText)) };
    if (signal.aborted) return;
    const record = records.read(keyOf(id));
    if (record?.output !== undefined || record?.startedBy !== undefined) return run(call, false);
    if (!tool && settings.unknownTool === 'report')
      return fail(call, 'unknown_tool', `There is no function ${toolName} here.`);
    if (call.problem !== undefined && tool?.onInvalidArguments === 'report')
      return fail(call, 'invalid_arguments', call.problem);
    return canRun(call) ? run(call, false) : wait(call);
  }

  const withDraft = (call: ToolCall): ToolCall =>
    call.state === 'needs-output' ? { ...call, draft: records.read(keyOf(call.id))?.draft } : call;

  /** For the person. */
  function wait(call: ToolCallBase): void {
    const { tool } = call;
    if (tool && tool.run !== 'human')
      return put({
        ...toBaseCall(call),
        state: 'needs-approval',
        schema: formSchemaOf(tool.parameters),
      });
    return put(
      withDraft({
        ...toBaseCall(call),
        state: 'needs-output',
        schema: formSchemaOf(tool?.output),
        draft: undefined,
      }),
    );
  }

  async function run(call: ToolCallBase, isApproved: boolean): Promise<void> {
    const { id, tool } = call;
    if (starting.has(id)) return;
    starting.add(id);
    const { signal = AbortSignal.abort() } = aborts.get(id) ?? {};
    const hold = await takeHold(call, signal);
    starting.delete(id);
    if (!hold) return;
    const { before } = hold;
    // Another tab was faster, and this one has yet to hear that the run goes on.
    if (before?.isClosed) return hold.release();
    if (
      signal.aborted ||
      (before?.output === undefined && !(tool && (isApproved || canRun(call, before?.startedBy))))
    ) {
      if (!releases.has(id)) hold.release();
      if (!signal.aborted) wait({ ...call, isRestored: true });
      return;
    }
    releases.set(id, hold.release);
    if (before?.output !== undefined || !tool) return finish(call, before?.output ?? '');
    put({ ...toBaseCall(call), state: 'running', place: 'waiting' });
    await slots.take(tool, signal, async () => {
      put({ ...toBaseCall(call), state: 'running', place: 'here' });
      const parsed = parseArguments(call.argumentsText);
      const result = await runHandler(tool, call.input, {
        threadId: currentRun()?.thread_id ?? '',
        runId,
        callId: id,
        client,
        signal,
        ask: (schema, question) => ask(call, schema, question),
        edited: call.isEdited === true && 'value' in parsed ? parsed.value : undefined,
      });
      if (signal.aborted) return;
      if ('output' in result) finish(call, result.output);
      else fail(call, result.error.code, result.error.message);
    });
  }

  /** Holds the call; while another tab has it, shows so and waits for that tab to be done with it, or gone. */
  async function takeHold(call: ToolCallBase, signal: AbortSignal): Promise<Hold | undefined> {
    const release = releases.get(call.id);
    if (release) return { before: undefined, release };
    const options = { signal, staleMs: call.tool?.timeoutMs ?? 0 };
    try {
      const hold = await records.hold(keyOf(call.id), { ...options, wait: false });
      if (hold || signal.aborted) return hold;
      const output = records.read(keyOf(call.id))?.output;
      put(
        output === undefined
          ? { ...toBaseCall(call), state: 'running', place: 'elsewhere' }
          : withOutput(call, output),
      );
      return await records.hold(keyOf(call.id), { ...options, wait: true });
    } catch {
      return undefined;
    }
  }

  const ask = (
    call: ToolCallBase,
    schema: Parameters<Ask>[0],
    question: string | undefined,
  ): Promise<unknown> =>
    new Promise((resolve) => {
      answers.set(call.id, { schema, resolve });
      put({ ...toBaseCall(call), state: 'needs-answer', question, schema: formSchemaOf(schema) });
    });

  function fail(call: ToolCallBase, code: ToolErrorCode, message: string): void {
    finish(call, errorOutput({ code, message }));
  }

  /** The call has its output: made here, or by a page that is gone. */
  function finish(call: ToolCallBase, output: string): void {
    own.add(call.id);
    records.write(keyOf(call.id), { output, draft: undefined });
    put(withOutput(call, output), { error: undefined });
    submitWhenComplete();
  }

  function submitWhenComplete(): void {
    const open = table.open();
    const isComplete =
      open.length > 0 &&
      getState().ready === table.waiting().length &&
      open.some(({ id }) => own.has(id));
    if (isComplete && !needsReview(open, settings.submit) && getState().error === undefined)
      void submit();
  }

  async function submit(): Promise<boolean> {
    const source = sources.at(-1);
    const open = table.open();
    const outputs = open.flatMap((call) =>
      'output' in call ? [{ tool_call_id: call.id, output: call.output ?? '' }] : [],
    );
    if (
      !source ||
      getState().isSubmitting ||
      outputs.length === 0 ||
      outputs.length < table.waiting().length
    )
      return false;
    set({ isSubmitting: true, error: undefined, notice: undefined });
    try {
      await source.submit(outputs);
      for (const call of table.open())
        close(call, 'submitted', 'output' in call ? call.output : undefined);
      set({ isSubmitting: false });
      return true;
    } catch (error) {
      set({ isSubmitting: false, error: toAssistantsError(error) });
      return false;
    } finally {
      // The run may have left meanwhile, which says more than a refusal.
      seen = undefined;
      look();
    }
  }

  function close(call: ToolCall, as: 'submitted' | 'expired', output: string | undefined): void {
    const { id } = call;
    calls.set(id, { ...toBaseCall(call), state: as, output });
    aborts
      .get(id)
      ?.abort(new AssistantsError('aborted', 'The run does not wait for this call any more.'));
    records.close(keyOf(id));
    releases.get(id)?.();
    for (const kept of [aborts, releases, answers]) kept.delete(id);
  }

  /** Another tab has written what it knows. */
  function lookAtRecords(): void {
    for (const call of table.open()) {
      const record = records.read(keyOf(call.id));
      if (record?.output !== undefined && !('output' in call)) put(withOutput(call, record.output));
      // A restored call was begun by a page that is gone; here it is another that begins.
      else if (
        record?.startedBy !== undefined &&
        call.state === 'needs-approval' &&
        !call.isRestored
      )
        void run(call, false);
    }
  }

  /** The call, if it waits for the run's answer and nobody is at work on it elsewhere or submitting it. */
  const mine = (id: string): ToolCall | undefined => {
    const call = table.open().find((one) => one.id === id);
    const isElsewhere = call?.state === 'running' && call.place === 'elsewhere';
    return getState().isSubmitting || isElsewhere || call?.state === 'streaming-args'
      ? undefined
      : call;
  };

  return {
    getState,
    subscribe,
    configure: (next) => void (settings = next),
    attach(source) {
      // What is only polled knows less, and later.
      sources = source.isPolled ? [source, ...sources] : [...sources, source];
      seen = undefined;
      const leaveSource = source.subscribe(look);
      const unwatch = records.watch(lookAtRecords);
      look();
      return () => {
        sources = sources.toSpliced(sources.indexOf(source), 1);
        leaveSource();
        unwatch();
      };
    },
    ...createCallActions({ mine, run, wait, finish, restart, own, answers, records, keyOf, table }),
    submit,
  };
}

function isIn(
  list: readonly RunToolCall[],
  { id, function: { arguments: text } }: RunToolCall,
): boolean {
  return list.some((call) => call.id === id && call.function.arguments === text);
}
