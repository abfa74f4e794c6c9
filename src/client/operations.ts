import { operationPaths } from '../protocol/operationPaths.js';
import type {
  Assistant,
  AssistantFile,
  CreateAssistantRequest,
  CreateMessageRequest,
  CreateRunRequest,
  CreateThreadAndRunRequest,
  CreateThreadRequest,
  CreateVectorStoreFileBatchRequest,
  CreateVectorStoreFileRequest,
  CreateVectorStoreRequest,
  FileObject,
  Message,
  MessageFile,
  ModifyAssistantRequest,
  ModifyVectorStoreRequest,
  OperationId,
  Page,
  Run,
  RunStep,
  SearchVectorStoreRequest,
  SubmitToolOutputsRequest,
  Thread,
  UsageDay,
  VectorStore,
  VectorStoreFile,
  VectorStoreFileBatch,
  VectorStoreSearchResultsPage,
  operations as WireOperations,
} from '../protocol/types.js';

interface Operation {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Version of the API that has the operation. Undefined if both versions have it. */
  onlyVersion: 'v1' | 'v2' | undefined;
  /** True if each request creates an object, so that sending it twice creates two. */
  creates: boolean;
}

/** Method and path of each operation, by operationId. */
export const operations = operationPaths;

/** Returns method, path, version and effect of an operation. */
export function getOperation(id: OperationId): Operation {
  const creates = /^(create|upload)/.test(id);
  return { ...operations[id], onlyVersion: getOnlyVersion(id), creates };
}

function getOnlyVersion(id: OperationId): Operation['onlyVersion'] {
  if (/(Assistant|Message)Files?$/.test(id)) return 'v1';
  return id === 'deleteMessage' || id.includes('VectorStore') ? 'v2' : undefined;
}

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;
type Wire<Id extends OperationId> = WireOperations[Id];
/** Merges an intersection into one object type, which editors show in full. */
type Flat<Type> = Type extends infer Merged ? { [Key in keyof Merged]: Merged[Key] } : never;
/** Type of a field. `never` if the operation does not have it. */
type Field<Type, Name extends string> = Type extends { [Key in Name]?: infer Value }
  ? Exclude<Value, undefined>
  : never;

type PathIds<Id extends OperationId> = {
  [Name in keyof Field<Wire<Id>['parameters'], 'path'> as CamelCase<Name>]: string;
};

/** Query parameters without those of `client.stream`. */
type QueryParameters<Id extends OperationId> = Omit<
  Field<Wire<Id>['parameters'], 'query'>,
  'stream' | 'starting_after'
>;

type Query<Id extends OperationId> = [Field<Wire<Id>['parameters'], 'query'>] extends [never]
  ? unknown
  : [keyof QueryParameters<Id>] extends [never]
    ? unknown
    : { query?: Flat<QueryParameters<Id>> };

/** Request bodies with a name in types.ts. Editors show the name instead of the whole type. */
interface NamedBodies {
  createAssistant: CreateAssistantRequest;
  modifyAssistant: ModifyAssistantRequest;
  createThread: CreateThreadRequest;
  createMessage: CreateMessageRequest;
  createRun: CreateRunRequest;
  createThreadAndRun: CreateThreadAndRunRequest;
  submitToolOutputsToRun: SubmitToolOutputsRequest;
  uploadFile: { file: Blob; purpose: string };
  createVectorStore: CreateVectorStoreRequest;
  modifyVectorStore: ModifyVectorStoreRequest;
  searchVectorStore: SearchVectorStoreRequest;
  createVectorStoreFile: CreateVectorStoreFileRequest;
  createVectorStoreFileBatch: CreateVectorStoreFileBatchRequest;
}

type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : never;
type RequestBody<Id extends OperationId> = Id extends keyof NamedBodies
  ? NamedBodies[Id]
  : Json<Field<Wire<Id>, 'requestBody'>>;

type Body<Id extends OperationId> = [Field<Wire<Id>, 'requestBody'>] extends [never]
  ? unknown
  : Wire<Id> extends { requestBody: object }
    ? { body: RequestBody<Id> }
    : { body?: RequestBody<Id> };

/** Parameters of an operation: its ids in camelCase, and `query` and `body` in wire form. */
export type OperationParams<Id extends OperationId> = Flat<PathIds<Id> & Query<Id> & Body<Id>>;

interface Objects {
  assistant: Assistant;
  'assistant.file': AssistantFile;
  thread: Thread;
  'thread.message': Message;
  'thread.message.file': MessageFile;
  'thread.run': Run;
  'thread.run.step': RunStep;
  file: FileObject;
  vector_store: VectorStore;
  'vector_store.file': VectorStoreFile;
  'vector_store.files_batch': VectorStoreFileBatch;
  'vector_store.search_results.page': VectorStoreSearchResultsPage;
  usage: UsageDay;
}

/** The response of a deletion keeps its type, because that of `deleteFile` has the object name of a file. */
type Named<Answer> = Answer extends { deleted: boolean }
  ? Answer
  : Answer extends { object: infer Name extends keyof Objects }
    ? Objects[Name]
    : Answer extends { data: (infer Item)[] }
      ? Page<Named<Item>>
      : Answer;

/** Result of an operation: its response body, or a Blob for getFileContent. */
export type OperationResult<Id extends OperationId> = Id extends 'getFileContent'
  ? Blob
  : Named<Json<Wire<Id>['responses'][200]>>;
