/** Imports or exports once, and prints the time in seconds and the peak of the memory of this process in MiB as JSON. */
import { argv, resourceUsage } from 'node:process';
import { diskFolder } from '../../src/backend/server/diskFolder.ts';
import { sqliteStore } from '../../src/backend/stores/sqliteStore.ts';
import { exportStore } from '../../src/backend/transfer/exportStore.ts';
import { importFolder } from '../../src/backend/transfer/importFolder.ts';

const [, , command, path = '', database = ''] = argv;
const store = sqliteStore({ path: database });
const folder = diskFolder(path);
const startedAt = performance.now();
if (command === 'import') await importFolder({ folder, store });
else await exportStore({ folder, store });
const seconds = (performance.now() - startedAt) / 1000;
await store.close?.();
console.log(JSON.stringify({ seconds, peakMib: resourceUsage().maxRSS / 1024 }));
