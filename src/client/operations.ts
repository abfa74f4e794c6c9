import { operationPaths } from '../protocol/operationPaths.js';
import type {
  Assistant,
  AssistantFile,
  CreateAssistantRequest,
  CreateMessageRequest,
  CreateRunRequest,
  CreateThreadAndRunRequest,
  CreateThreadRequest,
  FileObject,
  Message,
  MessageFile,
  ModifyAssistantRequest,
  OperationId,
  Page,
  Run,
  RunStep,
  Thread,
  operations as WireOperations,
} from '../protocol/types.js';

interface Operation {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** The only version that has the operation. */
  onlyVersion: 'v1' | 'v2' | undefined;
  /** Makes an object: twice sent, two objects. */
  creates: boolean;
}

/** Where each operation lives, by operationId. */
export const operations = operationPaths;

/** Where an operation lives, and what else there is to know before it is sent. */
export function getOperation(id: OperationId): Operation {
  const isVersion1 = /(Assistant|Message)Files?$/.test(id);
  const onlyVersion = isVersion1 ? 'v1' : id === 'deleteMessage' ? 'v2' : undefined;
  return { ...operations[id], onlyVersion, creates: /^(create|upload)/.test(id) };
}

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;
type Wire<Id extends OperationId> = WireOperations[Id];
/** Said as one type, not as the sum that it is made of. */
type Flat<Type> = Type extends infer Whole ? { [Key in keyof Whole]: Whole[Key] } : never;
/** Of a field that some operations have; never where this one has it not. */
type Field<Type, Name extends string> = Type extends { [Key in Name]?: infer Value }
  ? Exclude<Value, undefined>
  : never;

type PathIds<Id extends OperationId> = {
  [Name in keyof Field<Wire<Id>['parameters'], 'path'> as CamelCase<Name>]: string;
};

type Query<Id extends OperationId> = [Field<Wire<Id>['parameters'], 'query'>] extends [never]
  ? unknown
  : { query?: Flat<Field<Wire<Id>['parameters'], 'query'>> };

/** The bodies that have a name in types.ts: named, they are read at a glance in an editor. */
interface NamedBodies {
  createAssistant: CreateAssistantRequest;
  modifyAssistant: ModifyAssistantRequest;
  createThread: CreateThreadRequest;
  createMessage: CreateMessageRequest;
  createRun: CreateRunRequest;
  createThreadAndRun: CreateThreadAndRunRequest;
  uploadFile: { file: Blob; purpose: string };
}

type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : never;
type BodyOf<Id extends OperationId> = Id extends keyof NamedBodies
  ? NamedBodies[Id]
  : Json<Field<Wire<Id>, 'requestBody'>>;

type Body<Id extends OperationId> = [Field<Wire<Id>, 'requestBody'>] extends [never]
  ? unknown
  : Wire<Id> extends { requestBody: object }
    ? { body: BodyOf<Id> }
    : { body?: BodyOf<Id> };

/** What an operation takes: its ids in camelCase, `query` and `body` in wire form. */
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
}

/** Word of a deletion stays as it is: that of a file calls itself a file. */
type Named<Answer> = Answer extends { deleted: boolean }
  ? Answer
  : Answer extends { object: infer Name extends keyof Objects }
    ? Objects[Name]
    : Answer extends { data: (infer Item)[] }
      ? Page<Named<Item>>
      : Answer;

/** What an operation answers, when it answers JSON; a Blob for getFileContent. */
export type OperationResult<Id extends OperationId> = Id extends 'getFileContent'
  ? Blob
  : Named<Json<Wire<Id>['responses'][200]>>;
