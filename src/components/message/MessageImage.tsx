import { useContext, useState, type ReactElement } from 'react';
import { useComponents } from '../ComponentsContext.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ImageOff } from '../icons.lazy.js';
import { MarkdownImage } from '../markdown/MarkdownImage.js';
import { parseImageUrl } from '../markdown/parseSafeUrl.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncateFileName } from '../truncate.js';
import type { FileResolver } from '../file/FileResolver.js';
import { ImageViewer, type ImageViewerProps } from '../file/ImageViewer.js';
import { MessageContext } from './MessageContext.js';

/** State of `MessageImage`: an image of a file, an image of another origin that needs consent, or a placeholder. */
export interface MessageImageState {
  state: 'shown' | 'remote' | 'missing';
}

/** Props of `MessageImage`: either `fileId` or `url`. */
export interface MessageImageProps extends Omit<
  PartProps<'figure', MessageImageState>,
  'children'
> {
  fileId?: string | undefined;
  /** Looks up the URL of the file. Without a URL, a placeholder is shown. */
  resolveFile?: FileResolver | undefined;
  /** URL of an image of another origin. It loads only after consent, see `allowImage` of `ComponentsProvider`. */
  url?: string | undefined;
  /** Downloads the file. Inside `Message.Root`, defaults to its prop. @default no button to download it */
  onDownload?: ((fileId: string) => void) | undefined;
}

/**
 * Image in a message. An image of a file is a button that shows it large. Element: figure. `data-state`: shown, remote
 * or missing.
 */
export function MessageImage({
  fileId,
  resolveFile: resolveFileProp,
  url,
  onDownload,
  ...props
}: MessageImageProps): ReactElement | null {
  const { state, children } = useImage({ fileId, url, resolveFile: resolveFileProp, onDownload });
  return createPart(
    { tag: 'figure', name: 'message-image', state: { state }, defaultProps: { children } },
    props,
  );
}

function useImage({
  fileId,
  url,
  resolveFile: resolveFileProp,
  onDownload,
}: Pick<MessageImageProps, 'fileId' | 'url' | 'resolveFile' | 'onDownload'>): {
  state: MessageImageState['state'];
  children: ReactElement;
} {
  const texts = useCompleteTexts();
  const context = useContext(MessageContext);
  const { Image = MarkdownImage, allowImage } = useComponents();
  const resolveFile = resolveFileProp ?? context?.resolveFile;
  const file = fileId === undefined ? undefined : resolveFile?.(fileId);
  const { name: fullName, size, url: fileUrl } = file ?? {};
  const name = fullName === undefined ? undefined : truncateFileName(fullName);
  const [shownUrl, hideUrl] = useShownUrl(fileUrl);
  if (shownUrl !== undefined) {
    const image = { url: shownUrl, name: name ?? texts.message.image, size };
    return {
      state: 'shown',
      children: <OpenableImage {...image} {...{ fileId, onDownload }} onError={hideUrl} />,
    };
  }
  const remoteUrl = url === undefined ? undefined : parseImageUrl(url);
  if (remoteUrl !== undefined) {
    const isAllowed = allowImage?.(remoteUrl) === true;
    return { state: 'remote', children: <Image url={remoteUrl} alt="" isAllowed={isAllowed} /> };
  }
  const placeholder = (
    <span {...asPart('placeholder')}>
      <ImageOff />
      {name ?? texts.markdown.imageBlocked}
    </span>
  );
  return { state: 'missing', children: placeholder };
}

/**
 * Returns a URL until the browser could not show it, and a function to call then. Browsers do not know all formats,
 * such as HEIC.
 */
function useShownUrl(url: string | undefined): [url: string | undefined, hide: () => void] {
  const [brokenUrl, setBrokenUrl] = useState<string>();
  return [url === brokenUrl ? undefined : url, () => setBrokenUrl(url)];
}

/** Image that opens a viewer. Element: button. */
function OpenableImage({
  fileId,
  onDownload,
  onError,
  ...image
}: Pick<ImageViewerProps, 'url' | 'name' | 'size'> &
  Pick<MessageImageProps, 'fileId' | 'onDownload'> & { onError: () => void }): ReactElement {
  const context = useContext(MessageContext);
  const download = onDownload ?? context?.onDownload;
  const canDownload = download !== undefined && fileId !== undefined;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        {...asPart('image-button')}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        <img src={image.url} alt={image.name} onError={onError} />
      </button>
      {isOpen && (
        <ImageViewer
          {...image}
          onDownload={canDownload ? () => download(fileId) : undefined}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
