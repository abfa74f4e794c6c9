import type { ReactElement } from 'react';
import { useImageZoom } from './useImageZoom.js';
import { ViewerDialog, type ViewerDialogProps } from './ViewerDialog.js';

/** Props of `ImageViewer`. */
export interface ImageViewerProps extends Pick<
  ViewerDialogProps,
  'name' | 'size' | 'onDownload' | 'onClose'
> {
  /** URL of the image. */
  url: string;
}

/**
 * Modal dialog that shows an image as large as the window. A click on the image, the buttons, and the keys +, - and 0 zoom;
 * Escape and a click beside the image close it. Opens on mount. Element: dialog.
 */
export function ImageViewer({ url, ...props }: ImageViewerProps): ReactElement {
  const { page, ...zoom } = useImageZoom({ url, name: props.name });
  return (
    <ViewerDialog {...props} {...zoom}>
      {page}
    </ViewerDialog>
  );
}
