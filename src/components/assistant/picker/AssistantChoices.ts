import type { Assistant } from '../../../protocol/types.js';
import type { NoticeError } from '../../feedback/ErrorNoticeFrame.js';

/** Assistants that `AssistantCombobox` lists, and what is known about their loading. */
export interface AssistantChoices {
  /** Assistants that are loaded. Undefined while the first page is loading. */
  assistants: readonly Assistant[] | undefined;
  /** Chosen assistant. It need not be in the list. */
  selected?: Assistant | undefined;
  /** Reason why the last page could not be loaded. */
  error?: NoticeError | null | undefined;
  /** Loads the page again that could not be loaded. */
  onRetry?: (() => void) | undefined;
  /** True if there are more pages. @default false */
  hasMore?: boolean | undefined;
  /** @default false */
  isLoadingMore?: boolean | undefined;
  /** Loads the next page: when the user scrolls to the end, and while no loaded assistant matches what the user has typed. */
  onLoadMore?: (() => void) | undefined;
}
