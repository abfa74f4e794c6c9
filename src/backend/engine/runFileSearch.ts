import type { FileSearchToolCall, RunStep } from '../../protocol/types.js';
import { ModelError, type ModelEvent, type ModelMessage } from '../models/model.js';
import type { FoundPassage } from '../search/FoundPassage.js';
import type { Work } from './work.js';
import { endStepBatch } from './batch.js';
import { growStep } from './growStep.js';
import { newStep, stepOpened } from './objectFactories.js';

/** As long as a value of metadata may be. */
const LONGEST_QUERY = 512;

/**
 * Searches, as a step of its own with one tool call. The wire has no place for the words that were searched for, so they
 * stand in the metadata of the step, as `query`.
 */
export async function runFileSearch(
  work: Work,
  event: ModelEvent & { type: 'search' },
): Promise<void> {
  const { store, memory } = work;
  const tool = work.run.tools.find((candidate) => candidate.type === 'file_search');
  if (tool === undefined) {
    throw new ModelError(
      'server_error',
      'The model searched files, for which the run has no tool.',
    );
  }
  const query = Array.from(event.query).slice(0, LONGEST_QUERY).join('');
  const opened = newStep(work, { type: 'tool_calls', tool_calls: [] }, { query });
  await work.change(() => ({
    changes: [{ type: 'put', collection: 'steps', object: opened, parent: work.run.id }],
    events: stepOpened(opened),
  }));
  const call = { index: 0, type: 'file_search' } as const;
  const searching = growStep(work, opened, {
    ...call,
    id: event.id ?? work.id('call_'),
    file_search: {},
  });

  const found = await work.search(query);
  const file_search: FileSearchToolCall['file_search'] = {
    ranking_options: {
      ranker: tool.file_search?.ranking_options?.ranker ?? 'auto',
      score_threshold: tool.file_search?.ranking_options?.score_threshold ?? 0,
    },
    results: found.map(({ fileId, filename, score, text }) => ({
      file_id: fileId,
      file_name: filename,
      score,
      content: [{ type: 'text', text }],
    })),
  };
  // Grown inside the change, which is refused once the run was stopped: a part that grows later would be shown for ever.
  await work.change(() => {
    const done = growStep(work, searching, { ...call, file_search });
    return endStepBatch(store, done, { status: 'completed' }, work.seconds(), memory.stepUsage);
  });
  memory.stepUsage = null;
}

/** The searches of a step, as a model is shown them. */
export function searchMessages({
  status,
  step_details: details,
  metadata,
}: RunStep): ModelMessage[] {
  if (status !== 'completed' || details.type !== 'tool_calls') return [];
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
    return [{ role: 'search', id: call.id, query: metadata?.['query'] ?? '', found }];
  });
}
