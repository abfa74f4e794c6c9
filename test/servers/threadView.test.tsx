import { describeServers } from './describeServers.js';
import { openThreadViewDriver } from './threadViewDriver.js';

describeServers('ThreadView', openThreadViewDriver);
