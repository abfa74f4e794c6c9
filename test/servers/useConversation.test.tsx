import { openConversationDriver } from './conversationDriver.js';
import { describeServers } from './describeServers.js';

describeServers('useConversation', openConversationDriver);
