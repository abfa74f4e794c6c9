import { describeServers } from './describeServers.js';
import { openHooksDriver } from './hooksDriver.js';

describeServers('single hooks', openHooksDriver);
