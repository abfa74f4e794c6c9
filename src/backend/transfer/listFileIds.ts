import { toFields } from '../../common/toFields.js';
import { isId } from '../../protocol/isId.js';
import type { Fields } from './ThreadRecord.js';

/** Returns the ids of the files that messages and runs with their steps name, each once. */
export function listFileIds(messages: readonly object[], runs: readonly object[]): string[] {
  const ids = [
    ...messages.map(toFields).flatMap(listMessageFiles),
    ...runs
      .map(toFields)
      .flatMap((run) => [
        ...toList(run['file_ids']),
        ...toObjects(run['steps']).flatMap(listStepFiles),
      ]),
  ];
  return [...new Set(ids.filter(isId))];
}

function listMessageFiles(message: Fields): unknown[] {
  return [
    ...toList(message['file_ids']),
    ...toObjects(message['attachments']).map(getFileId),
    ...toObjects(message['content']).flatMap((part) => [
      getFileId(toFields(part['image_file'])),
      ...toObjects(toFields(part['text'])['annotations']).flatMap((annotation) => [
        getFileId(toFields(annotation['file_citation'])),
        getFileId(toFields(annotation['file_path'])),
      ]),
    ]),
  ];
}

function listStepFiles(step: Fields): unknown[] {
  return toObjects(toFields(step['step_details'])['tool_calls']).flatMap((call) => [
    ...toObjects(toFields(call['code_interpreter'])['outputs']).map((output) =>
      getFileId(toFields(output['image'])),
    ),
    ...toObjects(toFields(call['file_search'])['results']).map(getFileId),
  ]);
}

function getFileId(value: Fields): unknown {
  return value['file_id'];
}

function toObjects(value: unknown): Fields[] {
  return toList(value).map(toFields);
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
