'use client';

// Client
export type {
  AssistantsClient,
  AssistantsClientOptions,
  CallOptions,
  StreamingOperationId,
  StreamParams,
} from './client/AssistantsClient.js';
export type { ServerCapability, ServerOptions, ServerPreset } from './client/ServerOptions.js';
export {
  AssistantsError,
  type AssistantsErrorFields,
  type AssistantsErrorKind,
} from './client/AssistantsError.js';
export { createAssistantsClient } from './client/createAssistantsClient.js';
export type { OnUploadProgress } from './client/fetchWithProgress.js';
export type { OperationParams, OperationResult } from './client/operations.js';
export { isActive, isSettled } from './protocol/runStatus.js';
export type * from './protocol/types.js';
// In this entry, `Message` and `Thread` are components.
export type { Message as MessageObject, Thread as ThreadObject } from './protocol/types.js';

// Components
export {
  AssistantCard,
  type AssistantCardProps,
  type AssistantCardState,
} from './components/assistant/AssistantCard.js';
export type { AssistantChoices } from './components/assistant/picker/AssistantChoices.js';
export {
  AssistantCombobox,
  type AssistantComboboxProps,
} from './components/assistant/picker/AssistantCombobox.js';
export type {
  AssistantApiVersion,
  AssistantFieldName,
  AssistantFormSource,
} from './components/assistant/draft/AssistantDraft.js';
export {
  AssistantField,
  type AssistantFieldProps,
  type AssistantFieldState,
} from './components/assistant/fields/AssistantField.js';
export type { AssistantFormValues } from './components/assistant/draft/toAssistantValues.js';
export {
  AssistantForm,
  type AssistantFormProps,
  type AssistantFormState,
} from './components/assistant/form/AssistantForm.js';
export { Button, type ButtonProps, type ButtonState } from './components/Button.js';
export type { ComponentOverrides } from './components/ComponentsContext.js';
export {
  ComponentsProvider,
  type ComponentsProviderProps,
} from './components/ComponentsProvider.js';
export { Composer, type ComposerProps } from './components/composer/Composer.js';
export {
  ComposerAttach,
  ComposerSend,
  ComposerStop,
} from './components/composer/ComposerButtons.js';
export {
  ComposerAttachments,
  type ComposerAttachmentsProps,
} from './components/composer/ComposerAttachments.js';
export { ComposerDictation } from './components/composer/ComposerDictation.js';
export { useComposer, type ComposerContextValue } from './components/composer/ComposerContext.js';
export {
  ComposerForm,
  type ComposerFormProps,
  type ComposerState,
} from './components/composer/ComposerForm.js';
export {
  ComposerHint,
  type ComposerHintProps,
  type ComposerHintState,
} from './components/composer/ComposerHint.js';
export { ComposerInput, type ComposerInputProps } from './components/composer/ComposerInput.js';
export type {
  ComposerChoice,
  ComposerTrigger,
} from './components/composer/triggers/ComposerTrigger.js';
export {
  ComposerTriggers,
  type ComposerTriggersProps,
} from './components/composer/triggers/ComposerTriggers.js';
export type { ComposerDraft, SendResult } from './components/composer/useDraft.js';
export { CopyButton, type CopyButtonProps } from './components/CopyButton.js';
export { IconButton, type IconButtonProps } from './components/IconButton.js';
export type { CopyOutcome } from './components/useCopy.js';
export {
  EmptyState,
  type EmptyStateProps,
  type Suggestion,
} from './components/feedback/EmptyState.js';
export { ErrorNotice } from './components/feedback/ErrorNotice.js';
export type {
  ErrorNoticeProps,
  ErrorNoticeState,
  NoticeError,
} from './components/feedback/ErrorNoticeFrame.js';
export type { ErrorReason } from './components/feedback/getErrorReason.js';
export { JumpToLatest, type JumpToLatestProps } from './components/feedback/JumpToLatest.js';
export { Loading, type LoadingProps } from './components/feedback/Loading.js';
export {
  LoadMore,
  type LoadMoreProps,
  type LoadMoreState,
} from './components/feedback/LoadMore.js';
export {
  LoadOlder,
  type LoadOlderProps,
  type LoadOlderState,
} from './components/feedback/LoadOlder.js';
export { FileChip, type FileChipProps, type FileChipState } from './components/file/FileChip.js';
export { FileList, type FileListProps } from './components/file/FileList.js';
export {
  FilePreview,
  type FilePreviewContent,
  type FilePreviewProps,
} from './components/file/FilePreview.js';
export { FileRow, type FileRowProps, type FileRowState } from './components/file/FileRow.js';
export { completeEnglish as english } from './components/i18n/english.lazy.js';
export type { TextFormat } from './components/i18n/createFormat.js';
export type { PartialComponentTexts, ComponentTexts } from './components/i18n/ComponentTexts.js';
export { useFormat } from './components/i18n/useFormat.js';
export { useCompleteTexts as useTexts } from './components/i18n/useTexts.lazy.js';
export { CodeBlock } from './components/markdown/CodeBlock.js';
export type { CodeBlockProps, CodeBlockState } from './components/markdown/CodeBlockProps.js';
export { Markdown } from './components/markdown/Markdown.js';
export type { MarkdownProps, MarkdownState } from './components/markdown/MarkdownProps.js';
export { MarkdownImage } from './components/markdown/MarkdownImage.js';
export type {
  MarkdownImageProps,
  MarkdownImageState,
} from './components/markdown/MarkdownImageProps.js';
export { MarkdownLink } from './components/markdown/MarkdownLink.js';
export type { MarkdownLinkProps } from './components/markdown/MarkdownLinkProps.js';
export type { TextMark } from './components/markdown/marks.js';
export type { MenuItem } from './components/menu/MenuItem.js';
export { MenuButton, type MenuButtonProps } from './components/menu/MenuButton.js';
export { DaySeparator, type DaySeparatorProps } from './components/message/DaySeparator.js';
export type { FileResolver } from './components/file/FileResolver.js';
export { getMessageText } from './components/message/getMessageText.js';
export type { PartDisplay } from './components/message/getPartDisplay.js';
export type { MessageRow, PositionedRow } from './components/message/getRowPosition.js';
export { Message, type MessageProps } from './components/message/Message.js';
export { MessageActions, type MessageActionsProps } from './components/message/MessageActions.js';
export {
  MessageAttachments,
  type MessageAttachmentsProps,
} from './components/message/MessageAttachments.js';
export type { MessageAvatarProps } from './components/message/MessageAvatar.js';
export type { MessageBodyProps } from './components/message/MessageBody.js';
export type { MessageCaretProps } from './components/message/MessageCaret.js';
export {
  useMessageContext,
  type MessageContextValue,
  type MessageDelivery,
} from './components/message/MessageContext.js';
export type { MessageDeliveryStatusProps } from './components/message/MessageDeliveryStatus.js';
export { MessageEditor, type MessageEditorProps } from './components/message/MessageEditor.js';
export type {
  FeedbackValue,
  MessageFeedbackProps,
  MessageFeedbackState,
} from './components/message/MessageFeedback.js';
export type { MessageFooterProps } from './components/message/MessageFooter.js';
export {
  MessageImage,
  type MessageImageProps,
  type MessageImageState,
} from './components/message/MessageImage.js';
export type { MessageIncompleteProps } from './components/message/MessageIncomplete.js';
export { MessageList, type MessageListProps } from './components/message/MessageList.js';
export type { MessagePartsProps } from './components/message/MessageParts.js';
export { MessageRefusal, type MessageRefusalProps } from './components/message/MessageRefusal.js';
export type { MessageRootProps, MessageState } from './components/message/MessageRoot.js';
export { MessageText, type MessageTextProps } from './components/message/MessageText.js';
export type { MessageTimeProps } from './components/message/MessageTime.js';
export {
  renderMessagePart,
  type MessagePartContext,
  type MessagePartRenderers,
} from './components/message/renderMessagePart.js';
export {
  UnknownContent,
  type UnknownContentProps,
  type UnknownContentState,
} from './components/message/UnknownContent.js';
export {
  mergeProps,
  type PartEvent,
  type PartProps,
  type PartRender,
  type PartState,
  type PartStateValue,
} from './components/part.js';
export { Announcer, type AnnouncerProps } from './components/run/Announcer.js';
export { RunStatus, type RunStatusProps } from './components/run/RunStatus.js';
export type { RunStatusState } from './components/run/RunStatusRoot.js';
export { Reasoning, type ReasoningProps, type ReasoningState } from './components/run/Reasoning.js';
export { RunSteps, type RunStepsProps } from './components/run/RunSteps.js';
export { RunTimeline, type RunTimelineProps } from './components/run/timeline/RunTimeline.js';
export {
  ArgumentsTable,
  type ArgumentsTableProps,
  type ArgumentsTableState,
} from './components/tools/ArgumentsTable.js';
export type { SchemaFormProblem, SchemaFormProps } from './components/tools/SchemaFormProps.js';
export {
  ToolApproval,
  type ToolApprovalProps,
  type ToolApprovalState,
} from './components/tools/ToolApproval.js';
export {
  ToolCallCard,
  type ToolCallCardProps,
  type ToolCallCardState,
} from './components/tools/ToolCallCard.js';
export {
  ToolOutputForm,
  type ToolOutputFormProps,
  type ToolOutputFormState,
} from './components/tools/ToolOutputForm.js';
export type { ToolDisplay } from './components/tools/ToolDisplay.js';
export type { DisplayValue } from './components/tools/readArguments.js';
export type { OutputMode } from './components/tools/useEditedValue.js';
export {
  ToolOutputs,
  type ToolOutputsProps,
  type ToolOutputsState,
} from './components/tools/ToolOutputs.js';
export {
  ToolResult,
  type ToolResultProps,
  type ToolResultState,
} from './components/tools/ToolResult.js';

export { MessageReadAloud } from './components/voice/MessageReadAloud.js';

// Operation hooks
export {
  useAssistantFile,
  useAssistantFiles,
  useCreateAssistantFile,
  useDeleteAssistantFile,
} from './hooks/operations/assistantFiles.js';
export {
  useAssistant,
  useAssistants,
  useCreateAssistant,
  useDeleteAssistant,
  useModifyAssistant,
} from './hooks/operations/assistants.js';
export {
  useDeleteFile,
  useFile,
  useFileContent,
  useFiles,
  useUploadFile,
  type FileContent,
} from './hooks/operations/files.js';
export { useMessageFile, useMessageFiles } from './hooks/operations/messageFiles.js';
export {
  useCreateMessage,
  useDeleteMessage,
  useMessage,
  useModifyMessage,
  useThreadMessages,
} from './hooks/operations/messages.js';
export type { MaybeOperationParams } from './hooks/operations/params.js';
export {
  useCancelRun,
  useCreateRun,
  useCreateThreadAndRun,
  useModifyRun,
  useRun,
  useSubmitToolOutputs,
  useThreadRuns,
} from './hooks/operations/runs.js';
export { useRunStep, useRunSteps, type UseRunStepsOptions } from './hooks/operations/runSteps.js';
export {
  useCreateThread,
  useDeleteThread,
  useModifyThread,
  useThread,
  useThreadList,
} from './hooks/operations/threads.js';
export { useUsage } from './hooks/operations/usage.js';
export {
  useCancelVectorStoreFileBatch,
  useCreateVectorStoreFileBatch,
  useVectorStoreBatchFiles,
  useVectorStoreFileBatch,
} from './hooks/operations/vectorStoreFileBatches.js';
export {
  useCreateVectorStoreFile,
  useDeleteVectorStoreFile,
  useModifyVectorStoreFile,
  useVectorStoreFile,
  useVectorStoreFileContent,
  useVectorStoreFiles,
} from './hooks/operations/vectorStoreFiles.js';
export {
  useCreateVectorStore,
  useDeleteVectorStore,
  useModifyVectorStore,
  useVectorStore,
  useVectorStores,
  useVectorStoreSearch,
} from './hooks/operations/vectorStores.js';
export type { UseOperationInfiniteQueryOptions } from './hooks/operations/useOperationInfiniteQuery.js';
export type { UseOperationMutationOptions } from './hooks/operations/useOperationMutation.js';
export type { UseOperationQueryOptions } from './hooks/operations/useOperationQuery.js';
export { useAssistantsClient } from './hooks/useAssistantsClient.js';
export type { UploadFileParams } from './queries/files.js';

// Tools
export type { FromJsonSchema } from './core/tools/FromJsonSchema.js';
export type {
  FunctionTool,
  NeedsApproval,
  ToolCallContext,
  ToolContext,
  ToolInput,
  ToolValue,
} from './core/tools/FunctionTool.js';
export { toAssistantTools } from './core/tools/toAssistantTools.js';
export { withJsonSchema } from './core/tools/toJsonSchema.js';
export type { ToolCallsOptions } from './core/tools/ToolCallsEngine.js';
export type {
  SchemaInput,
  SchemaOutput,
  StandardSchema,
  ToolSchema,
} from './core/tools/ToolSchema.js';
export {
  defineTool,
  type Tool,
  type ToolDefinition,
  type ToolRenderProps,
} from './hooks/defineTool.js';
export type { EmptyInputSchema, ToolOutputValue } from './core/tools/createFunctionTool.js';
export { useAllowedTools, type UseAllowedToolsResult } from './hooks/useAllowedTools.js';
export { useToolCalls } from './hooks/useToolCalls.js';
export type { UseToolCallsResult } from './hooks/useToolCallsEngine.js';
export type {
  JsonSchema,
  SchemaIssue,
  ToolCall,
  ToolCallActions,
  ToolCallBase,
  ToolCalls,
  ToolCallsNotice,
  ToolCallsState,
  ToolCallState,
  ToolOutputDraft,
  ToolOutputResult,
  UnknownAction,
} from './protocol/ToolCall.js';
export {
  encodeErrorOutput,
  encodeOutput,
  readErrorOutput,
  type ToolError,
  type ToolErrorCode,
} from './protocol/toolOutput.js';

// Conversation
export type { AttachmentItem } from './core/attachments/AttachmentsStore.js';
export type { ConversationMessage, RowSources } from './core/conversation/buildRows.js';
export type {
  Conversation,
  ConversationSettings,
  ConversationState,
} from './core/conversation/Conversation.js';
export type { OutboxItem, OutgoingMessage } from './core/conversation/OutboxItem.js';
export type {
  FollowedRun,
  FollowedRunState,
  FollowRunOptions,
  RunSink,
  RunTarget,
} from './core/run/FollowedRun.js';
export { followRun } from './core/run/followRun.js';
export type { GenerateTitle, TitleRequest } from './core/threads/generateThreadTitle.js';
export { localStorageThreads } from './core/threads/localStorageThreads.js';
export { memoryThreads } from './core/threads/memoryThreads.js';
export type { ThreadEntry, ThreadRegistry } from './core/threads/ThreadRegistry.js';
export { useActiveRun } from './hooks/useActiveRun.js';
export {
  useAssistantChat,
  type AssistantChatMessage,
  type UseAssistantChatResult,
} from './hooks/useAssistantChat.js';
export { useAttachments, type UseAttachmentsResult } from './hooks/useAttachments.js';
export type { ConversationStatus } from './core/conversation/conversationStatus.js';
export { useConversation, type UseConversationResult } from './hooks/useConversation.js';
export type { ConversationSummary } from './hooks/useConversationSummary.js';
export type { ConversationHistory } from './hooks/useConversationRows.js';
export { useConversationStore, type ConversationOptions } from './hooks/useConversationStore.js';
export { useFollowedRun } from './hooks/useFollowedRun.js';
export { useStickToBottom, type UseStickToBottomResult } from './hooks/useStickToBottom.js';
export {
  useThreads,
  type ThreadChanges,
  type UseThreadsOptions,
  type UseThreadsResult,
} from './hooks/useThreads.js';

// Views
export { AssistantEditor } from './views/assistants/AssistantEditor.js';
export type { AssistantEditorProps } from './views/assistants/AssistantEditor.lazy.js';
export { AssistantFiles, type AssistantFilesProps } from './views/assistants/AssistantFiles.js';
export { copyAssistant } from './views/assistants/copyAssistant.js';
export { AssistantList, type AssistantListProps } from './views/assistants/AssistantList.js';
export { AssistantPicker, type AssistantPickerProps } from './views/assistants/AssistantPicker.js';
export { ImportDialog, type ImportDialogProps } from './components/transfer/ImportDialog.js';
export type { ImportFiles, ImportProgress, ImportReport } from './components/transfer/useImport.js';
export {
  FileManager,
  type FileManagerProps,
  type FileManagerState,
} from './views/files/FileManager.js';
export { ThreadHeader, type ThreadHeaderProps } from './views/threads/ThreadHeader.js';
export { ThreadList, type ThreadListProps } from './views/threads/ThreadList.js';
export { AssistantsProvider, type AssistantsProviderProps } from './views/AssistantsProvider.js';
export { RunInspector, type RunInspectorProps } from './views/inspector/RunInspector.js';
export type { ThreadMessageProps } from './views/thread/messages/ThreadMessage.js';
export type {
  ThreadMessagesProps,
  ThreadMessagesState,
} from './views/thread/messages/ThreadMessages.js';
export { ThreadQuote } from './views/thread/quote/ThreadQuote.js';
export { Thread } from './views/thread/Thread.js';
export type { ThreadComposerProps } from './views/thread/ThreadComposer.js';
export type { ThreadComposerFormProps } from './views/thread/ThreadComposerForm.js';
export type { ThreadSearchProps } from './views/thread/search/ThreadSearch.lazy.js';
export {
  useThreadSearch,
  type UseThreadSearchResult,
} from './views/thread/search/useThreadSearch.js';
export type { ScrollToMessageOptions, ThreadNavigation } from './views/thread/ThreadNavigation.js';
export {
  useThreadConversation,
  useThreadNavigation,
  useThreadToolCalls,
} from './views/thread/ThreadContext.js';
export type { ThreadErrorProps } from './views/thread/ThreadError.js';
export type {
  ThreadNavigationOptions,
  ThreadRootProps,
  ThreadRootState,
} from './views/thread/ThreadRoot.js';
export type { ThreadStatusProps } from './views/thread/ThreadStatus.js';
export { ThreadView, type ThreadViewProps } from './views/thread/ThreadView.js';
export { useThreadRows, useThreadState } from './views/thread/useThreadState.js';
