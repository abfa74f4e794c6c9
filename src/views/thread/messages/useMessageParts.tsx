'use client';
import { useState } from 'react';
import type { AssistantsClient } from '../../../client/client.js';
import type { AssistantsError } from '../../../client/errors.js';
import type { AnnotationParts } from '../../../components/citations/AnnotatedText.js';
import type { MessageFrameProps } from '../../../components/message/MessageFrame.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useAssistantsClient } from '../../../hooks/useAssistantsClient.js';
import type { Message } from '../../../protocol/types.js';

/** What shows files and sources, and content other than text: fetched with the first message that has some. */
export const fileParts = lazyModule(
  'What shows files and sources',
  async () => (await import('./ThreadFiles.lazy.js')).shownFiles,
);

/** What a message has besides its text. */
export interface MessageParts
  extends AnnotationParts, Pick<MessageFrameProps, 'files' | 'renderPart'> {}

/** What the parts of a message need. */
export interface MessagePartsOptions {
  client: AssistantsClient;
  message: Message;
  /** Of its files, by id. */
  names: Readonly<Record<string, string>>;
  onNames: (names: Readonly<Record<string, string>>) => void;
  /** A file could not be saved; undefined when that is tried again. */
  onError: (error: AssistantsError | undefined) => void;
}

/** What shows files, sources and content other than text in a message; until that is fetched, what keeps their place. */
export function useMessageParts(message: Message): {
  parts: MessageParts;
  error: AssistantsError | undefined;
  dismiss: () => void;
} {
  const client = useAssistantsClient();
  const [names, onNames] = useState<MessagePartsOptions['names']>({});
  const [error, onError] = useState<AssistantsError>();
  const { value } = useLazyModule(fileParts, isMoreThanText(message));
  const parts = value
    ? value.messagePartsOf({ client, message, names, onNames, onError })
    : placesOf(message);
  return { parts, error, dismiss: () => onError(undefined) };
}

function isMoreThanText(message: Message): boolean {
  return (
    hasFiles(message) ||
    message.content.some((part) => part.type !== 'text' || (part.text.annotations ?? []).length > 0)
  );
}

function hasFiles({ attachments, file_ids }: Message): boolean {
  return [attachments, file_ids].some((files) => (files ?? []).length > 0);
}

/** As high and wide as what will stand there, as far as that is known; what is said can be read already. */
function placesOf(message: Message): MessageParts {
  return {
    files: hasFiles(message) && (
      <div data-part="attachments">
        <span data-part="file-chip">…</span>
      </div>
    ),
    renderPart: () => <p data-part="placeholder">…</p>,
    createMark(passage) {
      if (passage.kind === 'file')
        return {
          key: 'place of a file',
          node: passage.path.split('/').at(-1),
          link: (label) => label,
        };
      const { number } = passage.source;
      return {
        key: `place of citation ${number}`,
        node: (
          <sup data-part="citation">
            <span data-part="citation-mark">{number}</span>
          </sup>
        ),
      };
    },
    sourcesOf(sources) {
      const lines = sources.length + sources.filter(({ quote }) => quote !== undefined).length;
      return <div data-part="source-list" style={{ minBlockSize: `${lines + 1}lh` }} />;
    },
  };
}
