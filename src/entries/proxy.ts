export { createProxy, type Proxy } from '../proxy/createProxy.js';
export type { ProxyOptions } from '../proxy/ProxyOptions.js';
export type { MatchedOperation } from '../protocol/matchOperation.js';
export type { OperationId } from '../protocol/types.js';
