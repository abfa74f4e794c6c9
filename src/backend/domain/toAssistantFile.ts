import type { AssistantFile } from '../../protocol/types.js';
import type { Collections } from '../stores/Store.js';

/** Returns a file of an assistant in the form of version 1. */
export function toAssistantFile(
  assistant: Collections['assistants'],
  fileId: string,
): AssistantFile {
  return {
    id: fileId,
    object: 'assistant.file',
    created_at: assistant.created_at,
    assistant_id: assistant.id,
  };
}
