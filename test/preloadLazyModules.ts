// Loads code that the client loads on demand. A module is loaded in real time, for which a test with fake timers cannot wait.
import '../src/client/sendWithProfile.lazy.js';
import '../src/client/normalize.lazy.js';
import '../src/client/responseErrors.lazy.js';
import '../src/core/run/followToEnd.js';
import '../src/queries/cache/syncThread.js';
