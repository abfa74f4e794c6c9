export { createProxy, type ProxyOptions } from '../proxy/createProxy.js';
export type { MatchedOperation } from '../protocol/matchOperation.js';
export type { OperationId } from '../protocol/types.js';
