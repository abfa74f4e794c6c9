'use client';
import { useState } from 'react';
import type { AssistantsError } from '../../../client/AssistantsError.js';
import { useAssistantsClient } from '../../../hooks/useAssistantsClient.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import type { Message } from '../../../protocol/types.js';
import type { FileSummaries } from '../../../queries/files.js';
import { threadFiles } from './threadFiles.js';
import type { ThreadMessageParts } from './threadFiles.lazy.js';
import { asPart } from '../../../components/part.js';

/** Result of `useMessageParts`. */
export interface UseMessagePartsResult {
  parts: ThreadMessageParts;
  /** Error of the last download. */
  error: AssistantsError | undefined;
  dismissError: () => void;
}

/** Returns the content of a message besides its text, or placeholders until the components for it are loaded. */
export function useMessageParts(message: Message): UseMessagePartsResult {
  const client = useAssistantsClient();
  const [files, setFiles] = useState<FileSummaries>({});
  const [error, setError] = useState<AssistantsError>();
  const { value } = useLazyModule(threadFiles, !isPlainText(message));
  const parts = value
    ? value.createMessageParts({ client, message, files, onFiles: setFiles, onError: setError })
    : createPlaceholders(message);
  return { parts, error, dismissError: () => setError(undefined) };
}

function isPlainText(message: Message): boolean {
  return (
    !hasFiles(message) &&
    message.status !== 'incomplete' &&
    message.content.every(
      (part) => part.type === 'text' && (part.text.annotations ?? []).length === 0,
    )
  );
}

function hasFiles({ attachments, file_ids }: Message): boolean {
  return [attachments, file_ids].some((files) => (files ?? []).length > 0);
}

/** Creates placeholders of the expected size, to limit layout shifts. Citation numbers and link texts are readable already. */
function createPlaceholders(message: Message): ThreadMessageParts {
  return {
    attachments: hasFiles(message) && (
      <div {...asPart('attachments')}>
        <span {...asPart('file-chip')}>…</span>
      </div>
    ),
    renderPart: () => <p {...asPart('placeholder')}>…</p>,
    incomplete: message.status === 'incomplete' && <p {...asPart('message-incomplete')}>…</p>,
    createMark(passage) {
      if (passage.kind === 'file')
        return {
          key: 'file placeholder',
          node: passage.path.split('/').at(-1),
          link: (label) => label,
        };
      const { number } = passage.source;
      return {
        key: `citation placeholder ${number}`,
        node: (
          <sup {...asPart('citation')}>
            <span {...asPart('citation-mark')}>{number}</span>
          </sup>
        ),
      };
    },
    renderSources({ sources }) {
      return sources.length > 0 && <div {...asPart('source-list')} />;
    },
  };
}
