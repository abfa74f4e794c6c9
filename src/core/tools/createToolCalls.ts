import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { createCallActions } from './createCallActions.js';
import { selectAssistantTools, type AllowedTools } from './createAllowedTools.js';
import type { CallLocks } from './createCallLocks.js';
import { createCallReceiver } from './createCallReceiver.js';
import type { CallRecords } from './createCallRecords.js';
import { createCallRunner } from './createCallRunner.js';
import { createCallsStore } from './createCallsStore.js';
import { createSubmit } from './createSubmit.js';
import { readRecords } from './readRecords.js';
import { storeCall } from './storeCall.js';
import type { ToolCallsEngine, ToolCallsSettings, ToolCallsSource } from './ToolCallsEngine.js';
import { getOpenCalls, isClosed, shouldSubmit } from './TrackedCalls.js';

export interface ToolCallsEngineOptions {
  client: AssistantsClient;
  runId: string;
  records: CallRecords;
  locks: CallLocks;
  allowedTools: AllowedTools;
}

/**
 * Creates the engine of the function calls of one run. Each call is received once, is run by at most one tab, and gets one
 * output or expires. `reduceToolCalls` makes all decisions; the other modules perform the effects and report them as events.
 */
export function createToolCalls({
  client,
  runId,
  records,
  locks,
  allowedTools,
}: ToolCallsEngineOptions): ToolCallsEngine {
  let settings: ToolCallsSettings = { tools: [] };
  let sources: readonly ToolCallsSource[] = [];
  const getSource = (): ToolCallsSource | undefined => sources.at(-1);
  const assistantTools = selectAssistantTools(allowedTools, () => getSource()?.getState().run);

  const store = createCallsStore((event, before, after) => {
    for (const { call, key } of getOpenCalls(before)) {
      const next = after.calls.get(call.id);
      if (!next || !isClosed(next.call)) continue;
      records.close(key);
      runner.close(call.id);
    }
    if (!('id' in event)) return;
    const { id, type } = event;
    if (storeCall(records, type, before.calls.get(id), after.calls.get(id))) submitIfComplete();
  });
  const { dispatch, getState } = store;
  const runner = createCallRunner({
    client,
    runId,
    store,
    records,
    locks,
    getThreadId: () => getSource()?.getState().run?.thread_id ?? '',
    getConcurrency: () => settings.concurrency ?? Infinity,
  });
  const receiver = createCallReceiver({
    scope: `${client.scope}:${runId}`,
    store,
    records,
    runner,
    getSettings: () => settings,
    getAllowedTools: assistantTools.list,
    onReceived: submitIfComplete,
  });
  const handleRunUpdate = (): void => receiver.receive(getSource());

  /** Applies the records that another tab has changed. */
  const handleRecordsChange = (): void => {
    const before = getState();
    dispatch({ type: 'recordsChanged', records: readRecords(records, getOpenCalls(before)) });
    for (const { call, start } of getOpenCalls(getState()))
      if (start && start !== before.calls.get(call.id)?.start) void runner.run(call.id, start);
  };

  const submit = createSubmit(store, getSource, () => {
    // The run may have moved on meanwhile, which says more than the error of the request.
    receiver.reset();
    handleRunUpdate();
  });

  function submitIfComplete(): void {
    if (shouldSubmit(getState(), settings.submit)) void submit();
  }

  return {
    ...createCallActions(store, runner, assistantTools.allow),
    submit,
    getState: store.getSnapshot,
    subscribe: store.subscribe,
    configure(next) {
      settings = next;
    },
    attach(source) {
      sources = source.isPolled ? [source, ...sources] : [...sources, source];
      const unsubscribe = source.subscribe(handleRunUpdate);
      const unsubscribeRecords = records.subscribe(handleRecordsChange);
      receiver.reset();
      handleRunUpdate();
      return () => {
        sources = sources.toSpliced(sources.indexOf(source), 1);
        unsubscribe();
        unsubscribeRecords();
      };
    },
  };
}
