export { createProxy, type Proxy } from '../proxy/createProxy.js';
export { memoryOwnership } from '../proxy/ownership/memoryOwnership.js';
export type {
  OwnedListQuery,
  OwnedObject,
  OwnedType,
  Ownership,
} from '../proxy/ownership/Ownership.js';
export {
  sqlOwnership,
  type SqlOwnership,
  type SqlOwnershipOptions,
} from '../proxy/ownership/sqlOwnership.js';
export type { AllowedNames, ProxyPolicy, RunSetting } from '../proxy/policy/ProxyPolicy.js';
export type { NamedObject, ProxyLimits, ProxyOptions, ProxyTarget } from '../proxy/ProxyOptions.js';
export {
  assistantsViewOperations,
  filesViewOperations,
  threadListOperations,
  threadViewOperations,
} from '../proxy/viewOperations.js';
export type { MatchedOperation } from '../protocol/matchOperation.js';
export type { OperationId } from '../protocol/types.js';
