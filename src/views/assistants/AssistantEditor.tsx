'use client';
import type { ReactElement } from 'react';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { lazyModule } from '../../core/lazyModule.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import type { AssistantEditorProps } from './AssistantEditor.lazy.js';

const editorModule = lazyModule(
  'the editor of the assistant',
  async () => (await import('./AssistantEditor.lazy.js')).LoadedAssistantEditor,
);

/**
 * Form that creates or edits an assistant, with its tools, files, settings and metadata. Unsaved changes survive closing the form
 * and a reload of the page. The form sends only what the user has changed. If the server has changed the same field meanwhile, it
 * asks which value to keep. If the assistant was deleted meanwhile, it offers to create it as a new one. The code is loaded with
 * the first form. Element: form, an `AssistantForm`. Context: `AssistantsProvider`. Source: getAssistant, createAssistant,
 * modifyAssistant, uploadFile, getFile, createVectorStore, createVectorStoreFileBatch, listVectorStoreFiles,
 * deleteVectorStoreFile.
 */
export function AssistantEditor(props: AssistantEditorProps): ReactElement {
  const { value: Editor, error } = useLazyModule(editorModule, true);
  if (Editor) return <Editor key={props.assistantId ?? 'new'} {...props} />;
  return error ? (
    <ErrorNotice error={error} onRetry={() => void editorModule.load()} />
  ) : (
    <Loading />
  );
}
