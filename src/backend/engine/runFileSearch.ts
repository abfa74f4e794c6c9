import type { FileSearchToolCall, RunStep } from '../../protocol/types.js';
import { ModelError, type ModelEvent, type ModelMessage } from '../models/Model.js';
import type { FoundPassage } from '../search/FoundPassage.js';
import type { RunContext } from './RunContext.js';
import { createStepEndBatch } from './batches.js';
import { growToolCall } from './growToolCall.js';
import { joinNotices } from './joinNotices.js';
import { createStep, createStepEvents } from './objectFactories.js';
import { withCallData } from './stepProvider.js';
import type { Collections } from '../stores/Store.js';
import { truncateMetadata } from './truncateMetadata.js';

/**
 * Runs a file search as a separate step with one tool call. The API has no fields for the query and for files that were not
 * searched completely, so they are stored in the metadata of the step, as `query` and `notice`.
 */
export async function runFileSearch(
  context: RunContext,
  event: ModelEvent & { type: 'search' },
): Promise<void> {
  const { store, memory } = context;
  const tool = context.run.tools.find((candidate) => candidate.type === 'file_search');
  if (tool === undefined) {
    throw new ModelError(
      'server_error',
      'The model searched files, but the run has no file_search tool.',
    );
  }
  const query = truncateMetadata(event.query);
  const id = event.id ?? context.generateId('call_');
  const opened = withCallData(
    createStep(context, { type: 'tool_calls', tool_calls: [] }, { query }),
    id,
    event.providerData,
  );
  await context.commit(() => ({
    changes: [{ type: 'put', collection: 'steps', object: opened, parent: context.run.id }],
    events: createStepEvents(opened),
  }));
  const call = { index: 0, type: 'file_search' } as const;
  const searching = growToolCall(context, opened, {
    ...call,
    id,
    file_search: {},
  });

  const { passages, notices } = await context.search(query);
  const file_search: FileSearchToolCall['file_search'] = {
    ranking_options: {
      ranker: tool.file_search?.ranking_options?.ranker ?? 'auto',
      score_threshold: tool.file_search?.ranking_options?.score_threshold ?? 0,
    },
    results: passages.map(({ fileId, filename, score, text }) => ({
      file_id: fileId,
      file_name: filename,
      score,
      content: [{ type: 'text', text }],
    })),
  };
  // Grown inside the commit, which rejects once the run was stopped: a later part would stay in the overlay.
  await context.commit(() => {
    const done = addNotice(growToolCall(context, searching, { ...call, file_search }), notices);
    return createStepEndBatch(
      store,
      done,
      { status: 'completed' },
      context.seconds(),
      memory.stepUsage,
    );
  });
  memory.stepUsage = null;
}

/** Converts the searches of a step to model messages. */
export function toSearchMessages({
  status,
  step_details: details,
  metadata,
  provider,
}: Collections['steps']): ModelMessage[] {
  if (status !== 'completed' || details.type !== 'tool_calls') return [];
  if (provider?.isBuiltIn === true) return [];
  return details.tool_calls.flatMap((call): ModelMessage[] => {
    if (call.type !== 'file_search') return [];
    const found = (call.file_search.results ?? []).map(
      ({ file_id, file_name, score, content = [] }): FoundPassage => ({
        fileId: file_id,
        filename: file_name,
        score,
        text: content.map(({ text }) => text ?? '').join('\n'),
      }),
    );
    const notice = metadata?.['notice'];
    const search = {
      role: 'search',
      id: call.id,
      query: metadata?.['query'] ?? '',
      found,
    } as const;
    return [notice === undefined ? search : { ...search, notice }];
  });
}

/** Adds sentences about files that were not searched completely. */
function addNotice(step: RunStep, notices: readonly string[]): RunStep {
  const notice = joinNotices(notices);
  return notice === undefined ? step : { ...step, metadata: { ...step.metadata, notice } };
}
