import { toFields } from '../../common/toFields.js';
import { isId } from '../../protocol/isId.js';
import type { Collections } from '../stores/Store.js';
import { type ImportContext, isNew } from './ImportContext.js';
import { toShortText } from './toShortText.js';
import { InputFault } from './TransferError.js';
import type { Fields } from './ThreadRecord.js';
import { toStoredAssistant } from './toStoredObjects.js';

/** Imports an assistant. Does nothing if the store has it. @throws InputFault */
export async function importAssistant(context: ImportContext, raw: Fields): Promise<void> {
  const { report } = context;
  const assistant = toStoredAssistant(raw);
  if (!(await isNew(context, 'assistants', assistant))) {
    report.counts.assistants.present += 1;
    return;
  }
  await context.write([{ type: 'put', collection: 'assistants', object: assistant }]);
  report.counts.assistants.added += 1;
  if (assistant.tools.some(({ type }) => type === 'code_interpreter')) {
    report.problems.push({
      type: 'missing',
      where: assistant.id,
      message:
        'This server has no code_interpreter. The assistant keeps it, and its model is not offered it.',
    });
  }
  const storeIds = toFields(toFields(assistant.tool_resources)['file_search'])['vector_store_ids'];
  for (const id of Array.isArray(storeIds) ? storeIds : []) {
    if (isId(id) && (await context.find('vectorStores', id)) !== undefined) continue;
    report.problems.push({
      type: 'missing',
      where: assistant.id,
      message: `The export lacks the vector store ${toShortText(id, 'without an id')}, so the assistant cannot search its files.`,
      advice: 'Upload the files again, and modify the assistant with a vector store of them.',
    });
  }
}

/** Imports the list of the files of a vector store. Does nothing if the store has it. @throws InputFault */
export async function importVectorStore(context: ImportContext, raw: Fields): Promise<void> {
  const { id, created_at: createdAt, file_ids: files, chunking_strategy: chunking } = raw;
  if (!isId(id) || !Number.isInteger(createdAt) || !Array.isArray(files) || !files.every(isId))
    throw new InputFault('The vector store has no valid id, time or list of files.');
  const object: Collections['vectorStores'] = {
    id,
    created_at: Number(createdAt),
    file_ids: files,
    ...toChunking(chunking),
  };
  if (await isNew(context, 'vectorStores', object))
    await context.write([{ type: 'put', collection: 'vectorStores', object }]);
}

function toChunking(value: unknown): Pick<Collections['vectorStores'], 'chunking_strategy'> {
  const { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap } = toFields(
    toFields(value)['static'],
  );
  if (!Number.isInteger(size) || !Number.isInteger(overlap)) return {};
  return {
    chunking_strategy: {
      type: 'static',
      static: { max_chunk_size_tokens: Number(size), chunk_overlap_tokens: Number(overlap) },
    },
  };
}
