import { toFields } from '../../common/toFields.js';
import { isId } from '../../protocol/isId.js';
import { type ImportContext, isNew } from './ImportContext.js';
import { toShortText } from './toShortText.js';
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
    if (isId(id) && (await context.has('vectorStores', id))) continue;
    report.problems.push({
      type: 'missing',
      where: assistant.id,
      message: `The export lacks the vector store ${toShortText(id, 'without an id')}, so the assistant cannot search its files.`,
      advice: 'Upload the files again, and modify the assistant with a vector store of them.',
    });
  }
}
