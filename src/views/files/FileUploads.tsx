'use client';
import { useRef, type ChangeEvent, type ReactElement } from 'react';
import { isFile } from '../../common/isFile.js';
import { Button } from '../../components/Button.js';
import { FileChip } from '../../components/file/FileChip.js';
import { useFormat } from '../../components/i18n/useFormat.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { Plus } from '../../components/icons.lazy.js';
import { truncate } from '../../components/truncate.js';
import type { AttachmentItem } from '../../core/attachments/AttachmentsStore.js';
import type { UseAttachmentsResult } from '../../hooks/useAttachments.js';
import { asPart } from '../../components/part.js';

/** Props of `FileUploads`. */
export interface FileUploadsProps {
  uploads: UseAttachmentsResult;
  /** Types of files that the picker offers, as `accept` of a file input. */
  accept: string | undefined;
}

/** Button that uploads files, and the uploads that are not complete. Element: div. */
export function FileUploads({ uploads, accept }: FileUploadsProps): ReactElement {
  const texts = useCompleteTexts().file;
  const picker = useRef<HTMLInputElement>(null);
  const format = useFormat();
  const incomplete = uploads.items.filter(({ status }) => status !== 'ready');
  const readyCount = uploads.items.length - incomplete.length;
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    uploads.add([...(target.files ?? [])]);
    // Without this, choosing the same file again would not fire an event.
    target.value = '';
  };
  return (
    <div {...asPart('file-uploads')}>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label={texts.upload}
        onChange={onChange}
      />
      <Button onClick={() => picker.current?.click()}>
        <Plus size={16} />
        {texts.upload}
      </Button>
      {incomplete.length > 0 && (
        <ul>
          {incomplete.map((item) => (
            <Upload key={item.key} item={item} uploads={uploads} />
          ))}
        </ul>
      )}
      <output {...asPart('hidden')}>
        {readyCount > 0 && texts.uploaded(format.number(readyCount), readyCount)}
      </output>
    </div>
  );
}

interface UploadProps {
  item: AttachmentItem;
  uploads: UseAttachmentsResult;
}

/** File that is being uploaded, or that could not be uploaded. */
function Upload({ item, uploads }: UploadProps): ReactElement {
  const { key, file, status, progress, error } = item;
  return (
    <li>
      <FileChip
        name={file.name}
        size={file.size}
        status={status}
        progress={progress}
        onRemove={() => uploads.remove(key)}
        onRetry={isFile(file) ? () => uploads.retry(key) : undefined}
      />
      {error && (
        <p {...asPart('field-error')} dir="auto">
          {truncate(error.message)}
        </p>
      )}
    </li>
  );
}
