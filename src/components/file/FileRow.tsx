import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { IconButton } from '../IconButton.js';
import { formatBytes } from '../i18n/lazyFormats.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { Download, FileText, Trash } from '../icons.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate, truncateFileName } from '../truncate.js';
import { useRowFocus } from '../useRowFocus.js';

/** State of `FileRow`. */
export interface FileRowState {
  deleted: boolean;
}

/** Props of `FileRow`. */
export interface FileRowProps extends Omit<PartProps<'li', FileRowState>, 'children'> {
  /** File name. Untrusted: displayed, never used as a path. */
  name: string;
  /** Size in bytes. */
  size: number;
  /** Time of the upload, in seconds since 1970. */
  createdAt: number;
  /** Remark of the server on the file, such as what it could not read. */
  notice?: string | null | undefined;
  /** URL of the file if it is an image: same-origin or `blob:`. */
  thumbnailUrl?: string | undefined;
  /** True while the deletion can be undone. @default false */
  isDeleted?: boolean | undefined;
  /** Shows the content. @default a name without a button */
  onOpen?: (() => void) | undefined;
  /** @default no button to download the file */
  onDownload?: (() => void) | undefined;
  /** @default no button to delete the file */
  onDelete?: (() => void) | undefined;
  onUndo?: (() => void) | undefined;
}

/**
 * Row of a stored file: thumbnail, name, size, day, and buttons to download and to delete it. The Delete key deletes it too.
 * Element: li. `data-deleted`.
 */
export function FileRow({
  name: nameProp,
  size,
  createdAt,
  notice,
  thumbnailUrl,
  isDeleted = false,
  onOpen,
  onDownload,
  onDelete,
  onUndo,
  ...props
}: FileRowProps): ReactElement | null {
  const { file: texts, threads } = useCompleteTexts();
  const name = truncateFileName(nameProp);
  const { row, undo } = useRowFocus<HTMLLIElement>(isDeleted ? 'deleted' : 'title', {
    list: '[data-part="file-rows"]',
    target: '[data-part="file-open"]',
  });
  const children = isDeleted ? (
    <>
      <output {...asPart('file-deleted')}>{threads.deleted}</output>
      <Button ref={undo} variant="quiet" aria-label={threads.undo(name)} onClick={onUndo}>
        {threads.undoShort}
      </Button>
    </>
  ) : (
    <>
      <Thumbnail url={thumbnailUrl} />
      <Facts {...{ name, size, createdAt, notice, onOpen, onDelete }} />
      {onDownload && (
        <IconButton label={texts.download(name)} onClick={onDownload}>
          <Download size={16} />
        </IconButton>
      )}
      {onDelete && (
        <IconButton label={threads.delete(name)} onClick={onDelete}>
          <Trash size={16} />
        </IconButton>
      )}
    </>
  );
  return createPart(
    {
      tag: 'li',
      name: 'file-row',
      state: { deleted: isDeleted },
      defaultProps: { children, ref: row },
    },
    props,
  );
}

type FactsProps = Pick<
  FileRowProps,
  'name' | 'size' | 'createdAt' | 'notice' | 'onOpen' | 'onDelete'
>;

function Facts({ name, size, createdAt, notice, onOpen, onDelete }: FactsProps): ReactElement {
  const format = useFormat();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' || onDelete === undefined) return;
    event.preventDefault();
    onDelete();
  };
  return (
    <div {...asPart('file-facts')}>
      {onOpen ? (
        <button type="button" {...asPart('file-open')} onClick={onOpen} onKeyDown={onKeyDown}>
          <bdi title={name}>{name}</bdi>
        </button>
      ) : (
        <bdi title={name}>{name}</bdi>
      )}
      <p {...asPart('muted')}>
        {formatBytes(format, size)} · {format.day(createdAt)}
      </p>
      {notice && (
        <p {...asPart('muted')} dir="auto">
          {truncate(notice, 500)}
        </p>
      )}
    </div>
  );
}

/** Image of a file, or an icon. Browsers cannot show some formats, such as HEIC. */
function Thumbnail({ url }: { url: string | undefined }): ReactElement {
  const [brokenUrl, setBrokenUrl] = useState<string>();
  return (
    <span {...asPart('file-thumbnail')}>
      {url === undefined || url === brokenUrl ? (
        <FileText />
      ) : (
        <img src={url} alt="" onError={() => setBrokenUrl(url)} />
      )}
    </span>
  );
}
