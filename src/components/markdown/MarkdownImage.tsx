import { useState, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ImageOff } from '../icons.lazy.js';
import { createPart, asPart } from '../part.js';
import type { MarkdownImageProps, MarkdownImageState } from './MarkdownImageProps.js';

/**
 * Remote image. It is loaded when the user agrees, because the request alone can leak data to the host. Until then, the
 * host and a button are displayed. Element: span. `data-state`: waiting, shown or failed.
 */
export function MarkdownImage({
  url,
  alt,
  isAllowed = false,
  ...props
}: MarkdownImageProps): ReactElement | null {
  const texts = useCompleteTexts().markdown;
  const [outcome, setOutcome] = useState<MarkdownImageState['state']>('waiting');
  const state = outcome === 'waiting' && isAllowed ? 'shown' : outcome;
  const children =
    state === 'shown' ? (
      <img
        src={url.href}
        alt={alt}
        loading="lazy"
        referrerPolicy="no-referrer"
        onError={() => setOutcome('failed')}
      />
    ) : (
      <>
        <ImageOff />
        <span>
          {alt !== '' && <bdi {...asPart('image-alt')}>{alt}</bdi>}{' '}
          <bdi {...asPart('image-host')}>
            {state === 'failed' ? texts.imageFailed : texts.image(url.host)}
          </bdi>
        </span>
        {state === 'waiting' && (
          <Button variant="quiet" onClick={() => setOutcome('shown')}>
            {texts.loadImage}
          </Button>
        )}
      </>
    );
  return createPart(
    { tag: 'span', name: 'image', state: { state }, defaultProps: { children } },
    props,
  );
}
