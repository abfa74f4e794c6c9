import { ImageOff } from '../icons.js';
import type { ReactElement } from 'react';
import { useComponents } from '../ComponentsProvider.js';
import { useTexts } from '../i18n/useTexts.js';
import { MarkdownImage as OurImage } from '../markdown/MarkdownImage.js';
import { safeImageUrl } from '../markdown/safeUrl.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import type { FileResolver } from './renderPart.js';

/** Props of `MessageImage`: an image of a file, or one from elsewhere. */
export interface MessageImageProps extends Omit<PartProps<'figure'>, 'children'> {
  fileId?: string | undefined;
  /** Where the file's content can be shown from; without an answer a placeholder stands in its place. */
  resolveFile?: FileResolver | undefined;
  /** Of an image from elsewhere, which waits for consent. */
  url?: string | undefined;
}

/** An image in a message. Element: figure. `data-state`: shown, remote or missing. */
export function MessageImage({
  fileId,
  resolveFile,
  url,
  ...props
}: MessageImageProps): ReactElement | null {
  const texts = useTexts();
  const { Image = OurImage, allowImage } = useComponents();
  const file = fileId === undefined ? undefined : resolveFile?.(fileId);
  const remote = url === undefined ? undefined : safeImageUrl(url);
  const name = file?.name === undefined ? undefined : truncate(file.name);
  const alt = name ?? texts.message.image;
  if (file?.url !== undefined) {
    return createPart(
      {
        tag: 'figure',
        name: 'message-image',
        state: { state: 'shown' },
        own: { children: <img src={file.url} alt={alt} /> },
      },
      props,
    );
  }
  if (remote !== undefined) {
    const children = <Image url={remote} alt="" isAllowed={allowImage?.(remote) === true} />;
    return createPart(
      { tag: 'figure', name: 'message-image', state: { state: 'remote' }, own: { children } },
      props,
    );
  }
  const children = (
    <span data-part="placeholder">
      <ImageOff />
      {name ?? texts.markdown.imageBlocked}
    </span>
  );
  return createPart(
    { tag: 'figure', name: 'message-image', state: { state: 'missing' }, own: { children } },
    props,
  );
}
